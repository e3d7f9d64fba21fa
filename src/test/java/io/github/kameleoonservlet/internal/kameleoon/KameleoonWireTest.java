package io.github.kameleoonservlet.internal.kameleoon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import io.github.kameleoonservlet.identity.VisitorCode;
import io.github.kameleoonservlet.internal.targeting.RequestFacts;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Tests what the unmodified SDK sends to a platform, and when. */
class KameleoonWireTest extends ProviderOverWire {

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
