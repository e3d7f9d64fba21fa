package io.github.kameleoonservlet.internal.kameleoon;

import com.kameleoon.KameleoonClient;
import com.kameleoon.KameleoonException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The variables of variations as plain values. The SDK reads those of the type JSON again in each
 * call: it looks through all jars for a JSON provider, under their locks. Thread-safe.
 */
final class SdkVariables {

  private final KameleoonClient client;

  SdkVariables(KameleoonClient client) {
    this.client = client;
  }

  /** Returns the variables of a variation, unmodifiable; none if it is not declared. */
  Map<String, @Nullable Object> of(String featureKey, String variationKey)
      throws KameleoonException {
    try {
      return Variables.plain(client.getFeatureVariationVariables(featureKey, variationKey));
    } catch (KameleoonException.FeatureVariationNotFound e) {
      // "off" need not be among the declared variations.
      return Map.of();
    }
  }
}
