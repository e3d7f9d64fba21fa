package io.github.kameleoonservlet.decision;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The variation of a feature for a visitor. The getters have the names of JavaBeans, because pages
 * read variations with EL 5.0, which does not support records.
 *
 * <p>Immutable and thread-safe. No method throws. Only {@link #getId()} and {@link
 * #getExperimentId()} return null. Variations of {@link #of}, {@link #off} and of {@code get} of
 * the visitor's map are equal if all their values are equal. The lazy variation of the setting
 * {@code featureKey} and those of the map's entries equal only themselves, because a comparison
 * must not decide a feature.
 *
 * <p>Applications call this interface, and create variations for their tests with {@link #of} and
 * {@link #off}. They do not implement it: a later version can add methods.
 *
 * @since 0.1
 */
public interface Variation {

  /** The key of the variation that a feature has while it is not active for the visitor. */
  String OFF = "off";

  /** Returns the key of the feature as the caller gave it, whether or not the feature exists. */
  String getFeatureKey();

  /**
   * Returns the key of the variation; {@link #OFF} if the feature is not active for the visitor.
   */
  String getKey();

  /**
   * Returns the variation's id at the platform; null if no rule assigned the variation, or if the
   * SDK is another version than 4.5.0.
   */
  @Nullable Integer getId();

  /**
   * Returns the experiment's id at the platform; null if no rule assigned the variation, or if the
   * SDK is another version than 4.5.0.
   */
  @Nullable Integer getExperimentId();

  /**
   * Returns the variation's variables by key. A value is a {@code String}, {@code Boolean} or
   * {@code Number}; a JSON value is a {@code Map} or {@code List} of these, or null. Unmodifiable;
   * empty if the variation has no variables.
   */
  Map<String, @Nullable Object> getVariables();

  /** Returns the reason why the visitor has this variation. */
  Reason getReason();

  /**
   * Returns whether the feature is active for the visitor: the key is not {@link #OFF}. Also true
   * for the control group of a test, because only the {@link #getKey() key} distinguishes the arms
   * of a test.
   */
  default boolean isActive() {
    return !OFF.equals(getKey());
  }

  /**
   * Returns the variation {@link #OFF}, without ids and variables.
   *
   * @param featureKey the key of the feature
   * @param reason the reason why the feature is off
   */
  static Variation off(String featureKey, Reason reason) {
    return new DecidedVariation(featureKey, OFF, null, null, Map.of(), reason);
  }

  /**
   * Returns a decided variation, which is serializable.
   *
   * @param featureKey the key of the feature
   * @param key the key of the variation
   * @param id the variation's id at the platform; null if no rule assigned the variation
   * @param experimentId the experiment's id at the platform; null if no rule assigned the variation
   * @param variables the variation's variables, which this method copies; a value that is not
   *     serializable becomes its text
   * @param reason the reason why the visitor has the variation
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
