package io.github.kameleoonservlet.decision;

import java.io.Serializable;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A decided variation. Immutable, and serializable because a session can store variations. */
final class DecidedVariation implements Variation, Serializable {

  private static final long serialVersionUID = 1L;

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
    this.variables = PlainValues.copy(variables);
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

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof DecidedVariation that
        && featureKey.equals(that.featureKey)
        && key.equals(that.key)
        && Objects.equals(id, that.id)
        && Objects.equals(experimentId, that.experimentId)
        && variables.equals(that.variables)
        && reason == that.reason;
  }

  @Override
  public int hashCode() {
    return Objects.hash(featureKey, key, reason);
  }

  /** Returns feature, variation and reason, without data of the visitor. */
  @Override
  public String toString() {
    return "Variation[" + featureKey + "=" + key + ", " + reason + "]";
  }
}
