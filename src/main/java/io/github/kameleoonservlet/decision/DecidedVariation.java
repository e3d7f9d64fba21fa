package io.github.kameleoonservlet.decision;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Holds a variation that was decided. */
final class DecidedVariation implements Variation {

  private final String featureKey;
  private final String key;
  private final @Nullable Integer id;
  private final @Nullable Integer experimentId;
  private final Map<String, @Nullable Object> variables;
  private final Reason reason;

  DecidedVariation(
      String featureKey,
      String key,
      @Nullable Integer id,
      @Nullable Integer experimentId,
      Map<String, ? extends @Nullable Object> variables,
      Reason reason) {
    this.featureKey = featureKey;
    this.key = key;
    this.id = id;
    this.experimentId = experimentId;
    this.variables = Collections.unmodifiableMap(new LinkedHashMap<>(variables));
    this.reason = reason;
  }

  @Override
  public String getFeatureKey() {
    return featureKey;
  }

  @Override
  public String getKey() {
    return key;
  }

  @Override
  public @Nullable Integer getId() {
    return id;
  }

  @Override
  public @Nullable Integer getExperimentId() {
    return experimentId;
  }

  @Override
  public Map<String, @Nullable Object> getVariables() {
    return variables;
  }

  @Override
  public Reason getReason() {
    return reason;
  }

  /** Shows feature, variation and reason; there is nothing about the visitor in it. */
  @Override
  public String toString() {
    return "Variation[" + featureKey + "=" + key + ", " + reason + "]";
  }
}
