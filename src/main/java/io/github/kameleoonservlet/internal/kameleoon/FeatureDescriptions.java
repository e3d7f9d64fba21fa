package io.github.kameleoonservlet.internal.kameleoon;

import com.kameleoon.configuration.FeatureFlag;
import com.kameleoon.configuration.Rule;
import com.kameleoon.configuration.VariationByExposition;
import io.github.kameleoonservlet.internal.decision.FeatureDescription;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The features of a client's data file, described for people. Decides and sends nothing. */
final class FeatureDescriptions {

  private static final String ELLIPSIS = "…";

  private final SdkInternals internals;
  private final TargetingTasks targeting;

  private FeatureDescriptions(SdkInternals internals, TargetingTasks targeting) {
    this.internals = internals;
    this.targeting = targeting;
  }

  /** Returns the features of a client, sorted by key; only the keys with another SDK than 4.5.0. */
  static List<FeatureDescription> of(SdkClient client, TargetingTasks targeting) {
    SdkInternals internals = client.internals();
    if (internals == null) {
      return client.sdk().getFeatureList().stream()
          .sorted()
          .limit(FeatureDescription.MAX_FEATURES)
          .map(key -> FeatureDescription.ofKey(shortened(key)))
          .toList();
    }
    FeatureDescriptions all = new FeatureDescriptions(internals, targeting);
    return new TreeMap<>(internals.dataFile().getFeatureFlags())
        .values().stream().limit(FeatureDescription.MAX_FEATURES).map(all::describe).toList();
  }

  private FeatureDescription describe(FeatureFlag flag) {
    String key = flag.getFeatureKey();
    List<Rule> rules = first(flag.getRules());
    return new FeatureDescription(
        shortened(key),
        flag.getEnvironmentEnabled(),
        shortened(flag.getDefaultVariationKey()),
        variations(flag, rules),
        rules.stream().map(this::rule).toList(),
        first(
            Stream.concat(targeting.findings(key).stream(), internals.notes(key).stream())
                .map(FeatureDescriptions::shortened)
                .toList()));
  }

  private List<FeatureDescription.Variation> variations(FeatureFlag flag, List<Rule> rules) {
    Map<String, String> names = targeting.variationNames(flag.getFeatureKey());
    Map<String, List<Integer>> ids = new LinkedHashMap<>();
    names.keySet().forEach(key -> ids.put(key, new ArrayList<>()));
    for (Rule rule : rules) {
      for (VariationByExposition assigned : rule.getVariationByExpositions()) {
        List<Integer> known =
            ids.computeIfAbsent(assigned.getVariationKey(), key -> new ArrayList<>());
        Integer id = assigned.getVariationId();
        if (id != null && !known.contains(id)) {
          known.add(id);
        }
      }
    }
    ids.computeIfAbsent(flag.getDefaultVariationKey(), key -> new ArrayList<>());
    return ids.entrySet().stream()
        .limit(FeatureDescription.MAX_PARTS)
        .map(
            one ->
                new FeatureDescription.Variation(
                    shortened(one.getKey()), name(names.get(one.getKey())), one.getValue()))
        .toList();
  }

  private static @Nullable String name(@Nullable String name) {
    return name == null || name.isEmpty() ? null : shortened(name);
  }

  private FeatureDescription.Rule rule(Rule rule) {
    Segment segment = internals.segment(rule);
    return new FeatureDescription.Rule(
        rule.getId(),
        rule.isTargetedDeliveryType() ? "TARGETED_DELIVERY" : "EXPERIMENTATION",
        rule.getExposition(),
        rule.getExperimentId(),
        first(rule.getVariationByExpositions()).stream()
            .map(
                one ->
                    new FeatureDescription.Share(
                        shortened(one.getVariationKey()),
                        one.getVariationId(),
                        one.getExposition()))
            .toList(),
        shortened(segment == null ? Segment.EVERYBODY : segment.words()));
  }

  private static <T> List<T> first(Collection<T> all) {
    return all.stream().limit(FeatureDescription.MAX_PARTS).toList();
  }

  private static String shortened(String text) {
    return text.length() <= FeatureDescription.MAX_TEXT
        ? text
        : text.substring(0, FeatureDescription.MAX_TEXT - 1) + ELLIPSIS;
  }
}
