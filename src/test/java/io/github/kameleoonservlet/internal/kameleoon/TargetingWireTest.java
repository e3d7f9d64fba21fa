package io.github.kameleoonservlet.internal.kameleoon;

import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.kameleoonservlet.decision.Reason;
import io.github.kameleoonservlet.decision.Variation;
import io.github.kameleoonservlet.identity.VisitorCode;
import io.github.kameleoonservlet.internal.targeting.TargetingSettings;
import io.github.kameleoonservlet.internal.targeting.TestFacts;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tests the lines that the unmodified SDK sends while every type of condition is in use. */
class TargetingWireTest {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int VISITORS = 20;
  private static final int FEATURES = 23;

  @Test
  void conditions_ofAllTypes_sendSameLinesAsWithoutSegments() throws IOException {
    String segments = Files.readString(DataFiles.EVERY_CONDITION);
    String none = segments.replaceAll("\"segment\": .*", "\"segment\": null,");
    assertThat(none).doesNotContain("targetingType");

    List<String> sent = sentLines(segments);

    assertThat(sent).hasSize(VISITORS * FEATURES);
    assertThat(sentLines(none)).containsExactlyElementsOf(sent);
  }

  private static List<String> sentLines(String dataFile) {
    try (Platform platform = new Platform(0)) {
      platform.configuration(okJson(dataFile));
      try (KameleoonDecisionProvider provider = open(platform)) {
        await().atMost(PATIENCE).until(() -> provider.featureKeys().size() == FEATURES);
        for (int i = 0; i < VISITORS; i++) {
          VisitorCode visitor = new VisitorCode("visitor-" + i);
          for (String feature : provider.featureKeys()) {
            Variation variation = provider.decide(visitor, feature, true, TestFacts.PHONE_ON_CART);
            assertThat(variation.getReason()).as(feature).isEqualTo(Reason.ASSIGNED);
          }
        }
        await().atMost(PATIENCE).until(() -> platform.lines().size() >= VISITORS * FEATURES);
      }
      return platform.lines().stream().sorted().toList();
    }
  }

  private static KameleoonDecisionProvider open(Platform platform) {
    return SdkStart.open(platform.settings(), TargetingSettings.NONE);
  }
}
