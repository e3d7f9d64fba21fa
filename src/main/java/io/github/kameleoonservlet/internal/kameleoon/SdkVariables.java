package io.github.kameleoonservlet.internal.kameleoon;

import com.kameleoon.KameleoonClient;
import com.kameleoon.KameleoonException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The variables of variations as plain values. A call is expensive for variables of the type JSON,
 * because the SDK then searches all jars for a JSON provider, under the locks of the jars.
 * Thread-safe.
 */
final class SdkVariables {

  private final KameleoonClient client;

  SdkVariables(KameleoonClient client) {
    this.client = client;
  }

  /**
   * Returns the variables of a variation, unmodifiable; empty if the feature does not declare the
   * variation.
   */
  Map<String, @Nullable Object> of(String featureKey, String variationKey)
      throws KameleoonException {
    try {
      return Variables.plain(client.getFeatureVariationVariables(featureKey, variationKey));
    } catch (KameleoonException.FeatureVariationNotFound e) {
      // A feature need not declare the variation "off".
      return Map.of();
    }
  }
}
