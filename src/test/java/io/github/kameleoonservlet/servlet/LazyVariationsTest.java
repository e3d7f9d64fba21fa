package io.github.kameleoonservlet.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.kameleoonservlet.decision.Reason;
import io.github.kameleoonservlet.decision.Variation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What template engines ask of the map before, and besides, reading a variation. */
class LazyVariationsTest {

  private final List<String> decided = new ArrayList<>();
  private Set<String> known = Set.of("teaser", "banner", "price");
  private Map<String, Variation> variations;

  @BeforeEach
  void open() {
    variations = new LazyVariations(this::decide, () -> known, Map::of);
  }

  private Variation decide(String featureKey) {
    decided.add(featureKey);
    return Variation.off(featureKey, Reason.DEFAULT);
  }

  @Test
  void question_aboutTheMap_decidesNothing() {
    assertThat(variations.containsKey("banner")).isTrue();
    assertThat(variations.isEmpty()).isFalse();
    assertThat(variations.size()).isEqualTo(3);
    assertThat(variations.keySet()).containsExactly("banner", "price", "teaser");
    assertThat(variations.keySet().contains("price")).isTrue();
    assertThat(variations.keySet().contains("nosuch")).isFalse();
    assertThat(variations.values()).hasSize(3);
    assertThat(variations.containsValue(Variation.off("banner", Reason.DEFAULT))).isFalse();
    assertThat(variations)
        .hasToString(
            "{banner=Variation[banner], price=Variation[price], " + "teaser=Variation[teaser]}");
    assertThat(variations.equals(new LazyVariations(this::decide, () -> known, Map::of))).isFalse();
    assertThat(variations.equals(variations)).isTrue();
    assertThat(Set.of(variations)).contains(variations);
    assertThat(new HashMap<>(variations)).hasSize(3);

    assertThat(decided).isEmpty();
  }

  @Test
  void entry_decidesWhenItsVariationIsRead() {
    List<String> read = new ArrayList<>();
    variations.forEach(
        (featureKey, variation) -> {
          assertThat(variation.getFeatureKey()).isEqualTo(featureKey);
          if (featureKey.equals("price")) {
            read.add(variation.getKey());
          }
        });

    assertThat(read).containsExactly("off");
    assertThat(decided).containsExactly("price");
  }

  @Test
  void get_anyText_isAVariationThatTheMapContains() {
    assertThat(variations.get("nosuch").getKey()).isEqualTo("off");
    assertThat(variations.getOrDefault("nosuch", null).getKey()).isEqualTo("off");
    assertThat(variations.containsKey("nosuch")).isTrue();
    assertThat(decided).containsExactly("nosuch", "nosuch");
  }

  @Test
  void get_null_isNull() {
    Variation other = Variation.off("other", Reason.DEFAULT);

    assertThat(variations.get(null)).isNull();
    assertThat(variations.containsKey(null)).isFalse();
    assertThat(variations.getOrDefault(null, other)).isSameAs(other);
    assertThat(decided).isEmpty();
  }

  @Test
  void map_noDataFileYet_answersForEveryText() {
    known = Set.of();

    assertThat(variations.containsKey("banner")).isTrue();
    assertThat(variations.isEmpty()).isFalse();
    assertThat(variations.keySet()).isEmpty();
    assertThat(variations.size()).isZero();
    assertThat(decided).isEmpty();
    assertThat(variations.get("banner").getKey()).isEqualTo("off");
  }

  @Test
  void map_dataFileArrivesDuringTheRequest_hasItsFeatures() {
    known = Set.of();
    assertThat(variations.values()).isEmpty();
    known = Set.of("banner");

    assertThat(variations.keySet()).containsExactly("banner");
    assertThat(variations.values()).hasSize(1);
  }

  @Test
  void map_isNotChanged() {
    assertThatThrownBy(() -> variations.put("banner", Variation.off("banner", Reason.ERROR)))
        .isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> variations.remove("banner"))
        .isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> variations.clear()).isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> variations.values().clear())
        .isInstanceOf(UnsupportedOperationException.class);
    assertThat(decided).isEmpty();
  }
}
