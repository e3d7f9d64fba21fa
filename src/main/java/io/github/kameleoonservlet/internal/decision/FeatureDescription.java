package io.github.kameleoonservlet.internal.decision;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A feature as the present data file defines it, for the people who operate the application.
 * Contains no data of visitors. Immutable.
 *
 * @param key the key of the feature
 * @param enabled whether the feature is enabled in the environment of the settings; null if
 *     unknown, because the SDK is another version than 4.5.0
 * @param defaultVariation the key of the variation that a visitor gets whom no rule takes; null if
 *     unknown
 * @param variations the variations; at most {@link #MAX_PARTS}, empty if unknown
 * @param rules the rules in the order in which the SDK tries them; at most {@link #MAX_PARTS},
 *     empty if there are none or if unknown
 * @param findings the faults of the feature in the data file, and its functions that the SDK
 *     ignores; one sentence each without a full stop, at most {@link #MAX_PARTS}
 */
public record FeatureDescription(
    String key,
    @Nullable Boolean enabled,
    @Nullable String defaultVariation,
    List<Variation> variations,
    List<Rule> rules,
    List<String> findings) {

  /** The maximum number of described features. */
  public static final int MAX_FEATURES = 500;

  /** The maximum number of variations, rules and findings of a feature, and of shares of a rule. */
  public static final int MAX_PARTS = 100;

  /** The maximum length of each text of a description; longer texts end with {@code …}. */
  public static final int MAX_TEXT = 1_000;

  /** Copies the lists. */
  public FeatureDescription {
    variations = List.copyOf(variations);
    rules = List.copyOf(rules);
    findings = List.copyOf(findings);
  }

  /** Returns the description of a feature of which only the key is known. */
  public static FeatureDescription ofKey(String key) {
    return new FeatureDescription(key, null, null, List.of(), List.of(), List.of());
  }

  /**
   * A variation of a feature.
   *
   * @param key the key of the variation
   * @param name the name at the platform; null if the data file has none, or if the library has not
   *     read the file yet
   * @param ids the ids of the variation at the platform, one for each rule that assigns it; empty
   *     for a variation that no rule assigns
   */
  public record Variation(String key, @Nullable String name, List<Integer> ids) {

    /** Copies the list. */
    public Variation {
      ids = List.copyOf(ids);
    }
  }

  /**
   * A rule of a feature.
   *
   * @param id the rule's id at the platform
   * @param type {@code EXPERIMENTATION} or {@code TARGETED_DELIVERY}
   * @param exposition the share of the targeted visitors that the rule takes, from 0 to 1
   * @param experimentId the experiment's id at the platform; null if the data file has none
   * @param shares the variations that the rule assigns
   * @param segment which visitors the rule reaches, in words, for example {@code page URL contains
   *     "/cart" and device is PHONE}
   */
  public record Rule(
      int id,
      String type,
      double exposition,
      @Nullable Integer experimentId,
      List<Share> shares,
      String segment) {

    /** Copies the list. */
    public Rule {
      shares = List.copyOf(shares);
    }
  }

  /**
   * The share of a rule's visitors that get one variation.
   *
   * @param variationKey the key of the variation
   * @param variationId the id of the variation at the platform; null if the data file has none
   * @param share from 0 to 1
   */
  public record Share(String variationKey, @Nullable Integer variationId, double share) {}
}
