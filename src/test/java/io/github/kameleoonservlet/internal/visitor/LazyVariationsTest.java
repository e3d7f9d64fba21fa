package io.github.kameleoonservlet.internal.visitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.kameleoonservlet.decision.Reason;
import io.github.kameleoonservlet.decision.Variation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests the map's methods that template engines call besides reading a variation. */
class LazyVariationsTest {

  private final List<String> decided = new ArrayList<>();
  private Set<String> known = Set.of("teaser", "banner", "price");
  private Map<String, Variation> variations;

  @BeforeEach
  void open() {
    variations = new LazyVariations(source(this::decide));
  }

  private VariationSource source(Function<String, Variation> decide) {
    return new VariationSource() {
      @Override
      public Variation decide(String featureKey) {
        return decide.apply(featureKey);
      }

      @Override
      public Set<String> featureKeys() {
        return known;
      }

      @Override
      public Map<String, Variation> decidedSoFar() {
        return Map.of();
      }
    };
  }

  private Variation decide(String featureKey) {
    decided.add(featureKey);
    return Variation.off(featureKey, Reason.DEFAULT);
  }

  @Test
  void map_queried_decidesNothing() {
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
    assertThat(variations.equals(new LazyVariations(source(this::decide)))).isFalse();
    assertThat(variations.equals(variations)).isTrue();
    assertThat(Set.of(variations)).contains(variations);
    assertThat(new HashMap<>(variations)).hasSize(3);
    assertThat(variations.hashCode()).isEqualTo(System.identityHashCode(variations));

    assertThat(decided).isEmpty();
  }

  @Test
  void entry_variationRead_decidesFeature() {
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
  void entry_read_isTheDecidedVariation() {
    Variation decidedVariation =
        Variation.of("banner", "on", 11, 7, Map.of("title", "Hello"), Reason.ASSIGNED);
    known = Set.of("banner");
    variations = new LazyVariations(source(featureKey -> decidedVariation));
    Variation entry = variations.values().iterator().next();

    assertThat(entry.getId()).isEqualTo(11);
    assertThat(entry.getExperimentId()).isEqualTo(7);
    assertThat(entry.getVariables()).containsEntry("title", "Hello");
    assertThat(entry.getReason()).isEqualTo(Reason.ASSIGNED);
    assertThat(entry.isActive()).isTrue();
  }

  @Test
  void get_anyText_returnsVariationThatMapContains() {
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
  void map_noDataFileYet_returnsVariationForEveryText() {
    known = Set.of();

    assertThat(variations.containsKey("banner")).isTrue();
    assertThat(variations.isEmpty()).isFalse();
    assertThat(variations.keySet()).isEmpty();
    assertThat(variations.size()).isZero();
    assertThat(decided).isEmpty();
    assertThat(variations.get("banner").getKey()).isEqualTo("off");
  }

  @Test
  void map_dataFileArrivesDuringRequest_hasItsFeatures() {
    known = Set.of();
    assertThat(variations.values()).isEmpty();
    known = Set.of("banner");

    assertThat(variations.keySet()).containsExactly("banner");
    assertThat(variations.values()).hasSize(1);
  }

  @Test
  void copy_byClone_returnsVariationForEveryText() {
    Object copy = ((HashMap<?, ?>) variations).clone();

    assertThat(((Map<?, ?>) copy).get("nosuch")).isInstanceOf(Variation.class);
    assertThat(decided).containsExactly("nosuch");
  }

  static List<Consumer<Map<String, Variation>>> changes() {
    Variation other = Variation.off("banner", Reason.ERROR);
    return List.of(
        map -> map.put("banner", other),
        map -> map.putAll(Map.of("banner", other)),
        map -> map.putIfAbsent("banner", other),
        map -> map.remove("banner"),
        map -> map.remove("banner", other),
        map -> map.clear(),
        map -> map.replace("banner", other),
        map -> map.replace("banner", other, other),
        map -> map.replaceAll((featureKey, variation) -> other),
        map -> map.computeIfAbsent("banner", featureKey -> other),
        map -> map.computeIfPresent("banner", (featureKey, variation) -> other),
        map -> map.compute("banner", (featureKey, variation) -> other),
        map -> map.merge("banner", other, (one, two) -> one),
        map -> map.keySet().clear(),
        map -> map.values().clear(),
        map -> map.entrySet().clear(),
        map -> map.entrySet().iterator().next().setValue(other));
  }

  @ParameterizedTest
  @MethodSource("changes")
  void map_everyChange_throws(Consumer<Map<String, Variation>> change) {
    assertThatThrownBy(() -> change.accept(variations))
        .isInstanceOf(UnsupportedOperationException.class);
    assertThat(decided).isEmpty();
  }
}
