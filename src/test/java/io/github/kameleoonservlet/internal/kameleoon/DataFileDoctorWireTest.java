package io.github.kameleoonservlet.internal.kameleoon;

import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static io.github.kameleoonservlet.internal.kameleoon.SegmentedFile.condition;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import io.github.kameleoonservlet.decision.Reason;
import io.github.kameleoonservlet.identity.VisitorCode;
import io.github.kameleoonservlet.internal.targeting.RequestFacts;
import io.github.kameleoonservlet.internal.targeting.TargetingSettings;
import io.github.kameleoonservlet.testing.RecordedLog;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Tests the data file doctor with the unmodified SDK and a platform on loopback. */
class DataFileDoctorWireTest {

  private static final Duration SOON = Duration.ofSeconds(60);
  private static final VisitorCode VISITOR = new VisitorCode("somebody");

  private final Platform platform = new Platform(0);
  private final RecordedLog log = new RecordedLog("io.github.kameleoonservlet", Level.INFO);
  private KameleoonDecisionProvider provider;

  @AfterEach
  void close() {
    provider.close();
    platform.close();
    log.close();
  }

  private void open(String... customData) {
    provider =
        SdkStart.open(
            platform.settings(),
            new TargetingSettings(false, false, Set.of(customData), false, false, false));
  }

  @Test
  void dataFile_arrived_isFetchedAgainAndExaminedInBackground() {
    platform.configuration(
        okJson(
            new SegmentedFile()
                .whole("banner", ",\"mutuallyExclusiveGroup\":\"heroes\"", "")
                .toString()));
    open();
    await()
        .atMost(SOON)
        .until(
            () ->
                provider.decide(VISITOR, "banner", false, RequestFacts.none()).getReason()
                    != Reason.NOT_READY);
    await()
        .atMost(SOON)
        .until(
            () ->
                log.messages(Level.WARN).stream().anyMatch(line -> line.startsWith("Data file: ")));
    for (int i = 0; i < 100; i++) {
      provider.decide(VISITOR, "banner", true, RequestFacts.none());
    }

    assertThat(platform.configurationRequests()).isEqualTo(2);
    assertThat(log.messages(Level.WARN))
        .filteredOn(line -> line.startsWith("Data file: "))
        .singleElement()
        .asString()
        .contains("mutually exclusive groups");
  }

  @Test
  void customDataName_configured_isKnownAtFirstDecision() throws Exception {
    platform.configuration(
        okJson(
            new SegmentedFile()
                .customData("[{\"id\":7,\"index\":3,\"name\":\"plan\"}]")
                .feature("banner", condition("CUSTOM_DATUM", "\"customDataIndex\":\"3\""))
                .toString()));
    open("plan");
    var field = KameleoonDecisionProvider.class.getDeclaredField("connection");
    field.setAccessible(true);
    ClientConnection connection = (ClientConnection) field.get(provider);
    await().atMost(SOON).until(() -> connection.current() != null);

    assertThat(connection.current().customDataNames().index("plan")).isEqualTo(3);
    assertThat(log.messages(Level.WARN)).isEmpty();
  }
}
