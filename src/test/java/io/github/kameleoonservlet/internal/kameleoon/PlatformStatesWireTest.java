package io.github.kameleoonservlet.internal.kameleoon;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import io.github.kameleoonservlet.decision.Reason;
import io.github.kameleoonservlet.decision.Variation;
import io.github.kameleoonservlet.internal.targeting.RequestFacts;
import io.github.kameleoonservlet.internal.targeting.TestFacts;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Tests the unmodified SDK with a platform in every state. The SDK retries its configuration every
 * ten seconds, so that this class takes about a minute.
 */
class PlatformStatesWireTest extends ProviderOverWire {

  private static final String EXPOSURE =
      "eventType=experiment&id=2201&variationId=3201&nonce=N&visitorCode=%s";

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

  private void readOften(Reason expected) {
    for (int i = 0; i < 100; i++) {
      assertThat(read(SILENT, false).getReason()).isEqualTo(expected);
    }
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
      case REFUSED -> platform = new Platform(platform.port());
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
    assertThat(log.messages(Level.INFO)).noneMatch(PlatformStatesWireTest::revealsSecret);
    assertThat(sdkLog.messages(Level.TRACE)).noneMatch(PlatformStatesWireTest::revealsSecret);
  }

  private static boolean revealsSecret(String line) {
    return line.contains("-visitor") || line.contains("s3cret");
  }
}
