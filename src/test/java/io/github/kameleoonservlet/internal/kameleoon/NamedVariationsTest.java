package io.github.kameleoonservlet.internal.kameleoon;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kameleoonservlet.decision.Reason;
import io.github.kameleoonservlet.decision.Variation;
import io.github.kameleoonservlet.internal.decision.PlatformSettings;
import io.github.kameleoonservlet.internal.statistics.Statistics;
import io.github.kameleoonservlet.internal.targeting.TargetingSettings;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests the variations of the real SDK's data file by their names. */
class NamedVariationsTest {

  private static KameleoonDecisionProvider provider;

  @BeforeAll
  static void open() {
    provider =
        SdkStart.open(PlatformSettings.offline(DataFiles.SOUND.toString()), TargetingSettings.NONE);
  }

  @AfterAll
  static void close() {
    provider.close();
    assertThat(provider.offlineTraffic().orElseThrow().sentLines()).isEmpty();
  }

  private static String text(Optional<Variation> found) {
    return found
        .map(
            v -> v.getFeatureKey() + " " + v.getKey() + " " + v.getId() + " " + v.getExperimentId())
        .orElse("none");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "checkout-layout | treatment | checkout-layout treatment 3102 2101",
        "checkout-layout | off       | checkout-layout off null null",
        "winter-sale     | on        | winter-sale on 3301 2301",
        "search          | classic   | search classic null null",
        "recommendations | off       | recommendations off 3501 2501",
        "recommendations | grid      | recommendations grid 3502 2501",
        "search          | nosuch    | none",
        "search          | ''        | none",
        "nosuch          | off       | none"
      })
  void variation_byKey_isFound(String feature, String key, String expected) {
    Optional<Variation> found = provider.variation(feature, key);

    assertThat(text(found)).isEqualTo(expected);
    assertThat(found.map(Variation::getReason).orElse(Reason.PREVIEW)).isEqualTo(Reason.PREVIEW);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "checkout-layout | 2101 | 3101 | checkout-layout control 3101 2101",
        "checkout-layout | 2101 | 3501 | none",
        "checkout-layout | 2501 | 3501 | none",
        "winter-sale     | 2301 | 3301 | winter-sale on 3301 2301",
        "search          | 0    | 0    | search classic null null",
        "search          | 0    | 3401 | search classic null null",
        "search          | -1   | 3401 | none",
        "nosuch          | 0    | 0    | none",
        "nosuch          | 2101 | 3101 | none"
      })
  void variation_byIds_isFound(String feature, int experiment, int variation, String expected) {
    assertThat(text(provider.variation(feature, experiment, variation))).isEqualTo(expected);
  }

  @Test
  void variables_equalThoseOfDecision() {
    Variation named = provider.variation("checkout-layout", "control").orElseThrow();

    assertThat(named.getVariables())
        .containsEntry("title", "Arm control")
        .containsEntry("sticky", true)
        .containsEntry("ratio", 0.5)
        .containsKeys("columns", "layout", "tags");
    assertThat(((Map<?, ?>) named.getVariables().get("layout")).get("int")).isEqualTo(7);
  }

  @Test
  void variation_withoutClient_isNone() {
    KameleoonDecisionProvider never =
        SdkStart.neverReady(
            PlatformSettings.offline(DataFiles.SOUND.toString()), new Statistics(0).platform());

    assertThat(never.variation("search", "off")).isEmpty();
    assertThat(never.variation("search", 0, 0)).isEmpty();
    never.close();
  }
}
