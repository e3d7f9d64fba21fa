package io.github.kameleoonservlet.internal.visitor;

import io.github.kameleoonservlet.decision.Reason;
import io.github.kameleoonservlet.decision.Variation;
import java.io.Serializable;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A variation in a request attribute, which the library decides when a page first reads a value of
 * the variation. Follows a change of the visitor during the request. Serialized, the object is the
 * variation decided so far, without the request.
 */
final class LazyVariation implements Variation, Serializable {

  private static final long serialVersionUID = 1L;

  private final String featureKey;
  private final transient VariationSource source;

  /** Creates a variation that the source decides when a page reads it. */
  LazyVariation(String featureKey, VariationSource source) {
    this.featureKey = featureKey;
    this.source = source;
  }

  private Variation decided() {
    return source.decide(featureKey);
  }

  private Object writeReplace() {
    return VariationsSnapshot.of(featureKey, source.decidedSoFar().get(featureKey));
  }

  @Override
  public String getFeatureKey() {
    return featureKey;
  }

  @Override
  public String getKey() {
    return decided().getKey();
  }

  @Override
  public @Nullable Integer getId() {
    return decided().getId();
  }

  @Override
  public @Nullable Integer getExperimentId() {
    return decided().getExperimentId();
  }

  @Override
  public Map<String, @Nullable Object> getVariables() {
    return decided().getVariables();
  }

  @Override
  public Reason getReason() {
    return decided().getReason();
  }

  /** Decides nothing. */
  @Override
  public String toString() {
    return "Variation[" + featureKey + "]";
  }
}
