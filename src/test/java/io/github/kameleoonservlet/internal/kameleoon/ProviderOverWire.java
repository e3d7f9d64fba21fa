package io.github.kameleoonservlet.internal.kameleoon;

import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import io.github.kameleoonservlet.decision.Reason;
import io.github.kameleoonservlet.decision.Variation;
import io.github.kameleoonservlet.identity.VisitorCode;
import io.github.kameleoonservlet.internal.targeting.RequestFacts;
import io.github.kameleoonservlet.internal.targeting.TargetingSettings;
import io.github.kameleoonservlet.testing.RecordedLog;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A provider with the unmodified SDK and a platform on loopback, through {@code proxyHost}. */
abstract class ProviderOverWire {

  static final Duration RECOVERS_WITHIN = Duration.ofSeconds(60);

  static final VisitorCode EARLY = new VisitorCode("early-visitor");
  static final VisitorCode LATE = new VisitorCode("late-visitor");
  static final VisitorCode SILENT = new VisitorCode("silent-visitor");

  static final String CONVERSION =
      "eventType=conversion&goalId=%d&revenue=%s&negative=false&nonce=N&visitorCode=%s";

  final PrintStream out = System.out;
  private final PrintStream err = System.err;
  final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  RecordedLog log;
  RecordedLog sdkLog;
  Platform platform = new Platform(0);
  KameleoonDecisionProvider provider;
  long longestWaitNanos;

  @BeforeEach
  void watch() {
    log = new RecordedLog("io.github.kameleoonservlet", Level.INFO);
    sdkLog = new RecordedLog("com.kameleoon", Level.TRACE);
    System.setOut(new PrintStream(printed, true));
    System.setErr(new PrintStream(printed, true));
  }

  @AfterEach
  void closeAll() {
    System.setOut(out);
    System.setErr(err);
    if (provider != null) {
      provider.close();
    }
    platform.close();
    log.close();
    sdkLog.close();
  }

  final void open() {
    provider = SdkStart.open(platform.settings(), TargetingSettings.NONE);
  }

  final Variation read(VisitorCode visitor, boolean exposure) {
    return read(visitor, exposure, RequestFacts.none());
  }

  final Variation read(VisitorCode visitor, boolean exposure, RequestFacts facts) {
    long start = System.nanoTime();
    Variation variation = provider.decide(visitor, "free-shipping", exposure, facts);
    longestWaitNanos = Math.max(longestWaitNanos, System.nanoTime() - start);
    return variation;
  }

  final long waitUntilReady() {
    long start = System.nanoTime();
    await().atMost(RECOVERS_WITHIN).until(() -> read(SILENT, false).getReason() == Reason.ASSIGNED);
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
  }
}
