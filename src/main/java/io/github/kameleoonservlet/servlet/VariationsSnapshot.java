package io.github.kameleoonservlet.servlet;

import io.github.kameleoonservlet.decision.Reason;
import io.github.kameleoonservlet.decision.Variation;
import java.io.Serializable;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The variations that a request had decided when they were written to a session store. Every other
 * feature is {@code off} and unresolved. Immutable.
 */
final class VariationsSnapshot implements Serializable {

  private static final long serialVersionUID = 1L;

  private final TreeMap<String, Variation> decided = new TreeMap<>();

  VariationsSnapshot(Map<String, Variation> decided) {
    decided.forEach((featureKey, variation) -> this.decided.put(featureKey, copy(variation)));
  }

  /**
   * Returns the variation that was decided for a feature, else {@code off}.
   *
   * @param variation what was decided, or null
   */
  static Variation of(String featureKey, @Nullable Variation variation) {
    return variation == null ? Variation.off(featureKey, Reason.UNRESOLVED) : copy(variation);
  }

  /** A variation of this library, which can be serialized, whoever has made it. */
  private static Variation copy(Variation variation) {
    return Variation.of(
        variation.getFeatureKey(),
        variation.getKey(),
        variation.getId(),
        variation.getExperimentId(),
        variation.getVariables(),
        variation.getReason());
  }

  LazyVariations map() {
    return new LazyVariations(
        featureKey -> of(featureKey, decided.get(featureKey)), decided::keySet, () -> decided);
  }

  /** Reads back a map, because a map was written. */
  private Object readResolve() {
    return map();
  }
}
