package io.github.kameleoonservlet.servlet;

import io.github.kameleoonservlet.decision.Reason;
import io.github.kameleoonservlet.decision.Variation;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Stands in a request attribute for a variation that is decided when a page first reads it, and
 * follows a change of the visitor during the request.
 */
final class LazyVariation implements Variation {

  private final String featureKey;
  private final Supplier<Variation> decided;

  LazyVariation(String featureKey, Supplier<Variation> decided) {
    this.featureKey = featureKey;
    this.decided = decided;
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
