package io.github.kameleoonservlet.internal.kameleoon;

import com.kameleoon.configuration.DataFile;
import com.kameleoon.configuration.FeatureFlag;
import com.kameleoon.configuration.Rule;
import com.kameleoon.configuration.Variable;
import com.kameleoon.configuration.VariationByExposition;
import io.github.kameleoonservlet.decision.Reason;
import io.github.kameleoonservlet.decision.Variation;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The variations of a data file by their names, for previews. Also finds the variations of features
 * that are disabled, which the SDK's calls refuse. Pure functions.
 */
final class NamedVariations {

  private NamedVariations() {}

  /**
   * Returns a variation by its key. Its ids are those of the first rule that has the variation.
   *
   * @return empty if the feature does not have the variation; every feature has {@code off}
   */
  static Optional<Variation> find(DataFile file, String featureKey, String variationKey) {
    FeatureFlag flag = file.getFeatureFlags().get(featureKey);
    if (flag == null
        || (flag.getVariation(variationKey) == null && !variationKey.equals(Variation.OFF))) {
      return Optional.empty();
    }
    for (Rule rule : flag.getRules()) {
      for (VariationByExposition part : rule.getVariationByExpositions()) {
        if (variationKey.equals(part.getVariationKey())) {
          return Optional.of(
              variation(flag, variationKey, part.getVariationId(), rule.getExperimentId()));
        }
      }
    }
    return Optional.of(variation(flag, variationKey, null, null));
  }

  /**
   * Returns a variation by its ids.
   *
   * @param experimentId the id of the experiment; 0 for the feature's default variation
   * @return empty if no rule of the feature has these ids
   */
  static Optional<Variation> find(
      DataFile file, String featureKey, int experimentId, int variationId) {
    FeatureFlag flag = file.getFeatureFlags().get(featureKey);
    if (flag == null) {
      return Optional.empty();
    }
    if (experimentId == 0) {
      return Optional.of(variation(flag, flag.getDefaultVariationKey(), null, null));
    }
    for (Rule rule : flag.getRules()) {
      Integer id = rule.getExperimentId();
      VariationByExposition part =
          id != null && id == experimentId ? rule.getVariationById(variationId) : null;
      if (part != null) {
        return Optional.of(variation(flag, part.getVariationKey(), part.getVariationId(), id));
      }
    }
    return Optional.empty();
  }

  private static Variation variation(
      FeatureFlag flag, String key, @Nullable Integer id, @Nullable Integer experimentId) {
    Map<String, Object> values = new LinkedHashMap<>();
    com.kameleoon.configuration.Variation declared = flag.getVariation(key);
    if (declared != null) {
      for (Variable variable : declared.getVariables().values()) {
        values.put(variable.getKey(), variable.getValue());
      }
    }
    return Variation.of(
        flag.getFeatureKey(),
        key,
        id,
        id == null ? null : experimentId,
        Variables.plain(values),
        Reason.PREVIEW);
  }
}
