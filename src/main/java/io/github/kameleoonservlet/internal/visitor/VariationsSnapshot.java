package io.github.kameleoonservlet.internal.visitor;

import io.github.kameleoonservlet.decision.Reason;
import io.github.kameleoonservlet.decision.Variation;
import java.io.Serializable;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The variations that a request had decided when a session store serialized them. Every other
 * feature is {@code off} with the reason {@code UNRESOLVED}. Immutable.
 */
final class VariationsSnapshot implements VariationSource, Serializable {

  private static final long serialVersionUID = 1L;

  private final LinkedHashMap<String, Variation> decided = new LinkedHashMap<>();

  VariationsSnapshot(Map<String, Variation> decided) {
    decided.forEach((featureKey, variation) -> this.decided.put(featureKey, copy(variation)));
  }

  /**
   * Returns the variation that was decided for a feature, otherwise {@code off}.
   *
   * @param variation the decided variation, or null
   */
  static Variation of(String featureKey, @Nullable Variation variation) {
    return variation == null ? Variation.off(featureKey, Reason.UNRESOLVED) : copy(variation);
  }

  /**
   * Returns the variation as a serializable one of this library; the application may have created
   * the original.
   */
  private static Variation copy(Variation variation) {
    return Variation.of(
        variation.getFeatureKey(),
        variation.getKey(),
        variation.getId(),
        variation.getExperimentId(),
        variation.getVariables(),
        variation.getReason());
  }

  @Override
  public Variation decide(String featureKey) {
    return of(featureKey, decided.get(featureKey));
  }

  @Override
  public Set<String> featureKeys() {
    return decided.keySet();
  }

  @Override
  public Map<String, Variation> decidedSoFar() {
    return Collections.unmodifiableMap(decided);
  }

  LazyVariations map() {
    return new LazyVariations(this);
  }

  /** Returns the map that the snapshot replaced. */
  private Object readResolve() {
    return map();
  }
}
