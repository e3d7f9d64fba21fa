package io.github.kameleoonservlet.internal.kameleoon;

import static io.github.kameleoonservlet.internal.kameleoon.SegmentedFile.condition;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.kameleoonservlet.internal.decision.FeatureDescription;
import io.github.kameleoonservlet.internal.decision.FeatureDescription.Rule;
import io.github.kameleoonservlet.internal.decision.FeatureDescription.Share;
import io.github.kameleoonservlet.internal.decision.FeatureDescription.Variation;
import io.github.kameleoonservlet.internal.decision.PlatformSettings;
import io.github.kameleoonservlet.internal.targeting.TargetingSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests the description of a data file's features for people. */
class FeatureDescriptionsTest {

  @TempDir Path folder;
  private KameleoonDecisionProvider provider;

  @AfterEach
  void close() {
    provider.close();
  }

  private List<FeatureDescription> features(Path file) {
    provider = SdkStart.open(PlatformSettings.offline(file.toString()), TargetingSettings.NONE);
    return provider.features();
  }

  @Test
  void features_soundFile_haveRulesAndVariations() {
    List<FeatureDescription> features = features(DataFiles.SOUND);

    assertThat(features)
        .extracting(FeatureDescription::key)
        .containsExactly(
            "checkout-layout", "free-shipping", "recommendations", "search", "winter-sale");
    assertThat(features.get(2))
        .isEqualTo(
            new FeatureDescription(
                "recommendations",
                true,
                "off",
                List.of(
                    new Variation("off", "off", List.of(3501)),
                    new Variation("grid", "grid", List.of(3502))),
                List.of(
                    new Rule(
                        51,
                        "EXPERIMENTATION",
                        0.8,
                        2501,
                        List.of(new Share("off", 3501, 0.5), new Share("grid", 3502, 0.5)),
                        "everybody")),
                List.of()));
    assertThat(features.get(3).defaultVariation()).isEqualTo("classic");
    assertThat(features.get(4).enabled()).isFalse();
    assertThat(features.get(4).rules().get(0).type()).isEqualTo("TARGETED_DELIVERY");
  }

  @Test
  void features_everyCondition_haveSegmentsInWords() {
    Map<String, String> segments =
        features(DataFiles.EVERY_CONDITION).stream()
            .collect(
                Collectors.toMap(
                    FeatureDescription::key, feature -> feature.rules().get(0).segment()));

    assertThat(segments)
        .containsEntry("page-url", "page URL contains \"/cart\"")
        .containsEntry("previous-page", "previous page contains \"/product/\"")
        .containsEntry("page-title", "page title is \"Your cart\"")
        .containsEntry("page-views", "not (page views > 1000)")
        .containsEntry("device-type", "device is PHONE")
        .containsEntry("browser", "browser is SAFARI with version > 17")
        .containsEntry("operating-system", "operating system is IOS")
        .containsEntry("cookie", "cookie \"theme\" is \"dark\"")
        .containsEntry("geolocation", "place is France, Ile-de-France, Paris")
        .containsEntry("custom-datum", "custom data 1 is \"gold\"")
        .containsEntry("visitor-code", "not (visitor code is one that the segment names)")
        .containsEntry("conversions", "not (conversion of goal 9)")
        .containsEntry("new-visitors", "not (visitor is RETURNING)")
        .containsEntry("visits", "not (visits > 1000)")
        .containsEntry("same-day-visits", "not (visits of the day > 1000)")
        .containsEntry("segment", "visitor meets segment 9001")
        .containsEntry("first-visit", "not (FIRST_VISIT countInMillis=1, matchType=GREATER)")
        .containsEntry("exclusive-feature-flag", "EXCLUSIVE_FEATURE_FLAG or device is PHONE")
        .containsEntry("weather", "WEATHER sky=CLEAR or device is PHONE");
  }

  @Test
  void features_brokenRule_areDescribedWithFinding() {
    assertThat(features(DataFiles.BROKEN_RULE))
        .anySatisfy(
            feature -> {
              assertThat(feature.rules()).extracting(Rule::experimentId).containsNull();
              assertThat(feature.findings())
                  .anyMatch(finding -> finding.contains("has no experimentId"));
            });
  }

  @Test
  void features_unreadableSegment_reachesNoVisitor() {
    SegmentedFile file =
        new SegmentedFile()
            .rule(
                "banner",
                "",
                "{\"conditionsData\":{\"firstLevelOrOperators\":1,\"firstLevel\":[1]}}");

    assertThat(features(file.in(folder)).get(0).rules().get(0).segment())
        .isEqualTo("no visitor, because the SDK cannot read the segment");
  }

  @Test
  void features_moreThanMaximum_areBounded() {
    SegmentedFile file = new SegmentedFile();
    String title = "x".repeat(2 * FeatureDescription.MAX_TEXT);
    for (int i = 0; i <= FeatureDescription.MAX_FEATURES; i++) {
      file.feature(
          "feature-" + i,
          i == 0
              ? condition("PAGE_TITLE", "\"title\":\"" + title + "\",\"matchType\":\"EXACT\"")
              : condition("DEVICE_TYPE", "\"device\":\"PHONE\""));
    }
    List<FeatureDescription> features = features(file.in(folder));

    assertThat(features).hasSize(FeatureDescription.MAX_FEATURES);
    assertThat(provider.status().dataFile().features())
        .isEqualTo(FeatureDescription.MAX_FEATURES + 1);
    assertThat(features.get(0).rules().get(0).segment())
        .hasSize(FeatureDescription.MAX_TEXT)
        .startsWith("page title is \"xxx")
        .endsWith("x…");
  }
}
