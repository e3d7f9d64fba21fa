package io.github.kameleoonservlet.internal.kameleoon;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import io.github.kameleoonservlet.decision.Reason;
import io.github.kameleoonservlet.decision.Variation;
import io.github.kameleoonservlet.identity.VisitorCode;
import io.github.kameleoonservlet.internal.decision.PlatformSettings;
import io.github.kameleoonservlet.internal.targeting.RequestFacts;
import io.github.kameleoonservlet.internal.targeting.TargetingSettings;
import io.github.kameleoonservlet.internal.targeting.TestFacts;
import io.github.kameleoonservlet.testing.RecordedLog;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Tests the unmodified SDK with a platform on loopback, through {@code proxyHost}. The SDK retries
 * its configuration every ten seconds, so that this class takes about a minute.
 */
class KameleoonWireTest {

  private static final Duration RECOVERS_WITHIN = Duration.ofSeconds(60);

  /** Long enough that the SDK still waits when 100 requests have ended. */
  private static final int TIMEOUT_MILLIS = 5_000;

  private static final VisitorCode EARLY = new VisitorCode("early-visitor");
  private static final VisitorCode LATE = new VisitorCode("late-visitor");
  private static final VisitorCode SILENT = new VisitorCode("silent-visitor");

  private static final String CONVERSION =
      "eventType=conversion&goalId=%d&revenue=%s&negative=false&nonce=N&visitorCode=%s";
  private static final String EXPOSURE =
      "eventType=experiment&id=2201&variationId=3201&nonce=N&visitorCode=%s";

  private final PrintStream out = System.out;
  private final PrintStream err = System.err;
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private RecordedLog log;
  private RecordedLog sdkLog;
  private Platform platform = new Platform(0);
  private final int port = platform.port();
  private KameleoonDecisionProvider provider;
  private long longestWaitNanos;

  enum Fault {
    HEALTHY(Reason.ASSIGNED),
    REFUSED(Reason.NOT_READY),
    ERROR_500(Reason.NOT_READY),
    SLOW(Reason.NOT_READY),
    MALFORMED(Reason.NOT_READY),
    RECOVERY(Reason.ASSIGNED);

    /** The reason of variations while the fault lasts. */
    final Reason reason;

    Fault(Reason reason) {
      this.reason = reason;
    }
  }

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

  private void open() {
    provider =
        SdkStart.open(
            new PlatformSettings(
                Platform.SITE,
                "id",
                "s3cret-client",
                null,
                "example.com",
                TIMEOUT_MILLIS,
                "127.0.0.1:" + port,
                null,
                null,
                Platform.REMEMBERED),
            TargetingSettings.NONE);
  }

  private Variation read(VisitorCode visitor, boolean exposure) {
    return read(visitor, exposure, RequestFacts.none());
  }

  private Variation read(VisitorCode visitor, boolean exposure, RequestFacts facts) {
    long start = System.nanoTime();
    Variation variation = provider.decide(visitor, "free-shipping", exposure, facts);
    longestWaitNanos = Math.max(longestWaitNanos, System.nanoTime() - start);
    return variation;
  }

  private void readOften(Reason expected) {
    for (int i = 0; i < 100; i++) {
      assertThat(read(SILENT, false).getReason()).isEqualTo(expected);
    }
  }

  private long waitUntilReady() {
    long start = System.nanoTime();
    await().atMost(RECOVERS_WITHIN).until(() -> read(SILENT, false).getReason() == Reason.ASSIGNED);
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
  }

  private long waitForLine() {
    long start = System.nanoTime();
    await().atMost(RECOVERS_WITHIN).until(() -> !platform.lines().isEmpty());
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
  }

  @ParameterizedTest
  @EnumSource
  void platform_inEveryState_pagesAreServedAndEventsArrive(Fault fault) throws Exception {
    Set<Thread> before = Thread.getAllStackTraces().keySet();
    begin(fault);
    readOften(fault.reason);
    provider.trackConversion(EARLY, 7, 1, TestFacts.NONE.withUserAgent("Early/1.0"));
    if (fault.reason == Reason.NOT_READY) {
      await()
          .atMost(RECOVERS_WITHIN)
          .until(
              () -> sdkLog.messages(Level.WARN).stream().anyMatch(l -> l.startsWith("Failed to ")));
      readOften(fault.reason);
    }
    end(fault);
    long recovery = fault == Fault.RECOVERY ? waitForLine() : waitUntilReady();
    // Both requests read the same feature.
    RequestFacts late = TestFacts.NONE.withUserAgent("Late/2.0 (a b)");
    Variation first = read(LATE, true, late);
    Variation second = read(LATE, true, late);
    assertThat(first.getKey()).isEqualTo("on");
    assertThat(first.getReason()).isEqualTo(Reason.ASSIGNED);
    assertThat(first.getVariables()).containsEntry("threshold", 49.9);
    assertThat(second).usingRecursiveComparison().isEqualTo(first);
    await().atMost(RECOVERS_WITHIN).until(() -> platform.lines().size() >= 2);
    provider.close();
    assertThat(platform.lines())
        .containsExactlyInAnyOrder(
            CONVERSION.formatted(7, "1.000000", EARLY.value()) + "&userAgent=Early%2F1.0",
            EXPOSURE.formatted(LATE.value()) + "&userAgent=Late%2F2.0%20(a%20b)");
    platform.close();
    Threads.assertNoneBut(before);
    assertSilent();
    out.printf(
        "%-9s reason %-9s longest wait of a request %d ms, recovery %d ms%n",
        fault,
        fault.reason,
        TimeUnit.NANOSECONDS.toMillis(longestWaitNanos),
        fault == Fault.HEALTHY ? 0 : recovery);
  }

  private void begin(Fault fault) throws InterruptedException {
    switch (fault) {
      case REFUSED -> platform.close();
      case ERROR_500 -> platform.configuration(aResponse().withStatus(500));
      case MALFORMED -> platform.configuration(okJson("{\"featureFlags\":["));
      case SLOW -> {
        Platform.Hold hold = platform.holdConfiguration();
        open();
        // From this point on the platform has the request and does not respond.
        assertThat(hold.arrived.await(30, TimeUnit.SECONDS)).isTrue();
        readOften(fault.reason);
        assertThat(sdkLog.messages(Level.WARN)).as("the SDK still waits").isEmpty();
        return;
      }
      default -> {}
    }
    open();
    if (fault == Fault.HEALTHY || fault == Fault.RECOVERY) {
      waitUntilReady();
    }
    if (fault == Fault.RECOVERY) {
      platform.configuration(aResponse().withStatus(500));
      platform.tracking(500);
    }
  }

  private void end(Fault fault) {
    switch (fault) {
      case REFUSED -> platform = new Platform(port);
      case SLOW -> platform.release();
      case RECOVERY -> {
        await().atMost(RECOVERS_WITHIN).until(() -> !platform.events().isEmpty());
        assertThat(platform.lines()).isEmpty();
        platform.tracking(200);
      }
      default -> {}
    }
    platform.configuration(okJson(DataFiles.sound()));
  }

  private void assertSilent() {
    assertThat(printed.toString()).isEmpty();
    assertThat(log.messages(Level.INFO)).noneMatch(KameleoonWireTest::revealsSecret);
    assertThat(sdkLog.messages(Level.TRACE)).noneMatch(KameleoonWireTest::revealsSecret);
  }

  private static boolean revealsSecret(String line) {
    return line.contains("-visitor") || line.contains("s3cret");
  }

  @Test
  void decision_withoutExposure_sendsNothing() {
    open();
    waitUntilReady();
    for (String flag : provider.featureKeys()) {
      provider.decide(SILENT, flag, false, RequestFacts.none());
    }
    provider.engineTrackingCode(SILENT);
    provider.close();
    assertThat(platform.events()).isEmpty();
  }

  @Test
  void customData_withoutOtherEvent_arrives() {
    open();
    provider.addCustomData(EARLY, 1, List.of("gold", "2"), RequestFacts.none());
    await().atMost(RECOVERS_WITHIN).until(() -> !platform.lines().isEmpty());
    assertThat(platform.lines())
        .containsExactly(
            "eventType=customData&index=1&valuesCountMap=%7B%22gold%22%3A1%2C%222%22%3A1%7D"
                + "&overwrite=true&nonce=N&visitorCode=early-visitor");
    assertThat(platform.events().get(0).getRequest().getHeader("Authorization"))
        .isEqualTo("Bearer s3cret-token");
  }

  @Test
  void close_eventsPending_areDelivered() {
    open();
    waitUntilReady();
    for (int i = 0; i < 200; i++) {
      provider.trackConversion(new VisitorCode("buyer-" + i), 9, i, RequestFacts.none());
    }
    provider.close();
    assertThat(platform.lines())
        .hasSize(200)
        .contains(CONVERSION.formatted(9, "199.000000", "buyer-199"));
    assertThat(log.messages(Level.WARN)).noneMatch(line -> line.contains("not delivered"));
  }

  @Test
  void close_platformDown_logsOneCountOfLostEvents() {
    Set<Thread> before = Thread.getAllStackTraces().keySet();
    open();
    waitUntilReady();
    platform.close();
    for (int i = 0; i < 3; i++) {
      provider.trackConversion(new VisitorCode("buyer-" + i), 9, i, RequestFacts.none());
    }
    provider.close();
    assertThat(log.messages(Level.WARN))
        .filteredOn(line -> line.contains("not delivered"))
        .containsExactly("3 events were not delivered to Kameleoon before the application stopped");
    Threads.assertNoneBut(before);
  }

  @Test
  void close_platformDoesNotRespond_endsInTimeAndLogsCount() throws Exception {
    Set<Thread> before = Thread.getAllStackTraces().keySet();
    open();
    waitUntilReady();
    Platform.Hold hold = platform.holdTracking();
    provider.trackConversion(EARLY, 9, 1, RequestFacts.none());
    assertThat(hold.arrived.await(60, TimeUnit.SECONDS)).isTrue();
    provider.trackConversion(LATE, 9, 1, RequestFacts.none());
    provider.close();
    assertThat(log.messages(Level.WARN))
        .filteredOn(line -> line.contains("not delivered"))
        .containsExactly("2 events were not delivered to Kameleoon before the application stopped");
    platform.release();
    platform.close();
    Threads.assertNoneBut(before);
  }
}
