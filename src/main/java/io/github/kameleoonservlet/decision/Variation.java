package io.github.kameleoonservlet.decision;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Holds what a visitor gets of one feature. A bean, because pages read it with EL 5.0, which knows
 * no records.
 *
 * <p>Immutable and thread-safe.
 */
public final class Variation {

  /** The key of the variation of a feature that is not active. */
  public static final String OFF = "off";

  private final String featureKey;
  private final String key;
  private final @Nullable Integer id;
  private final @Nullable Integer experimentId;
  private final Map<String, @Nullable Object> variables;
  private final Reason reason;

  /**
   * Takes what was decided.
   *
   * @param featureKey the feature
   * @param key the variation's key
   * @param id the variation's id at the platform, or null when no rule assigned it
   * @param experimentId the experiment's id at the platform, or null when no rule assigned it
   * @param variables the variation's variables; copied
   * @param reason why
   */
  public Variation(
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

  /** The variation of a feature about which nothing could be decided. */
  public static Variation off(String featureKey, Reason reason) {
    return new Variation(featureKey, OFF, null, null, Map.of(), reason);
  }

  /** The key of the feature, as it was asked for. */
  public String getFeatureKey() {
    return featureKey;
  }

  /** The key of the variation; {@code off} when the feature is not active for the visitor. */
  public String getKey() {
    return key;
  }

  /** The variation's id at the platform, or null when no rule assigned it. */
  public @Nullable Integer getId() {
    return id;
  }

  /** The experiment's id at the platform, or null when no rule assigned the variation. */
  public @Nullable Integer getExperimentId() {
    return experimentId;
  }

  /** Whether the feature is active for the visitor: the variation is another than {@code off}. */
  public boolean isActive() {
    return !OFF.equals(key);
  }

  /**
   * The variation's variables by key: {@code String}, {@code Boolean}, {@code Number}, and for JSON
   * {@code Map} and {@code List} of these. Unmodifiable.
   */
  public Map<String, @Nullable Object> getVariables() {
    return variables;
  }

  /** Why the visitor has this variation. */
  public Reason getReason() {
    return reason;
  }

  /** Shows feature, variation and reason; there is nothing about the visitor in it. */
  @Override
  public String toString() {
    return "Variation[" + featureKey + "=" + key + ", " + reason + "]";
  }
}
