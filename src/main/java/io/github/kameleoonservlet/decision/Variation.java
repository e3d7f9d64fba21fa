package io.github.kameleoonservlet.decision;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Holds what a visitor gets of one feature. JavaBeans getters, because pages read it with EL 5.0,
 * which knows no records.
 *
 * <p>Immutable and thread-safe. No method throws.
 *
 * @since 0.1
 */
public interface Variation {

  /** The key of the variation of a feature that is not active. */
  String OFF = "off";

  /** The key of the feature, as it was asked for. */
  String getFeatureKey();

  /** The key of the variation; {@code off} when the feature is not active for the visitor. */
  String getKey();

  /**
   * The variation's id at the platform; null if no rule assigned it, or with another SDK than
   * 4.5.0.
   */
  @Nullable Integer getId();

  /**
   * The experiment's id at the platform; null if no rule assigned the variation, or with another
   * SDK than 4.5.0.
   */
  @Nullable Integer getExperimentId();

  /**
   * The variation's variables by key: {@code String}, {@code Boolean}, {@code Number}, and for JSON
   * {@code Map} and {@code List} of these. Unmodifiable.
   */
  Map<String, @Nullable Object> getVariables();

  /** Why the visitor has this variation. */
  Reason getReason();

  /**
   * Whether the feature is active for the visitor: the variation is another than {@code off}. True
   * for a test's control group, too: the {@link #getKey() key} tells the arms of a test apart.
   */
  default boolean isActive() {
    return !OFF.equals(getKey());
  }

  /** The variation of a feature about which nothing could be decided. */
  static Variation off(String featureKey, Reason reason) {
    return new DecidedVariation(featureKey, OFF, null, null, Map.of(), reason);
  }

  /**
   * A variation that was decided.
   *
   * @param featureKey the feature
   * @param key the variation's key
   * @param id the variation's id at the platform, or null when no rule assigned it
   * @param experimentId the experiment's id at the platform, or null when no rule assigned it
   * @param variables the variation's variables; copied
   * @param reason why
   */
  static Variation of(
      String featureKey,
      String key,
      @Nullable Integer id,
      @Nullable Integer experimentId,
      Map<String, ? extends @Nullable Object> variables,
      Reason reason) {
    return new DecidedVariation(featureKey, key, id, experimentId, variables, reason);
  }
}
