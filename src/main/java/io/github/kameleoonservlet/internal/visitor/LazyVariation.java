package io.github.kameleoonservlet.internal.visitor;

import io.github.kameleoonservlet.decision.Reason;
import io.github.kameleoonservlet.decision.Variation;
import java.io.Serializable;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Stands in a request attribute for a variation that is decided when a page first reads it, and
 * follows a change of the visitor during the request. Serialized, it is the variation decided so
 * far, without the request.
 */
final class LazyVariation implements Variation, Serializable {

  private static final long serialVersionUID = 1L;

  private final String featureKey;
  private final transient Supplier<Variation> decided;
  private final transient Supplier<Map<String, Variation>> decidedSoFar;

  /**
   * Creates a variation that is decided when it is read.
   *
   * @param decided decides the feature
   * @param decidedSoFar the variations decided so far, by feature key; decides nothing
   */
  LazyVariation(
      String featureKey,
      Supplier<Variation> decided,
      Supplier<Map<String, Variation>> decidedSoFar) {
    this.featureKey = featureKey;
    this.decided = decided;
    this.decidedSoFar = decidedSoFar;
  }

  private Object writeReplace() {
    return VariationsSnapshot.of(featureKey, decidedSoFar.get().get(featureKey));
  }

  @Override
  public String getFeatureKey() {
    return featureKey;
  }

  @Override
  public String getKey() {
    return decided.get().getKey();
  }

  @Override
  public @Nullable Integer getId() {
    return decided.get().getId();
  }

  @Override
  public @Nullable Integer getExperimentId() {
    return decided.get().getExperimentId();
  }

  @Override
  public Map<String, @Nullable Object> getVariables() {
    return decided.get().getVariables();
  }

  @Override
  public Reason getReason() {
    return decided.get().getReason();
  }

  /** Decides nothing. */
  @Override
  public String toString() {
    return "Variation[" + featureKey + "]";
  }
}
