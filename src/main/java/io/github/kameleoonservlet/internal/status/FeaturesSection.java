package io.github.kameleoonservlet.internal.status;

import static io.github.kameleoonservlet.internal.status.Table.column;

import io.github.kameleoonservlet.internal.decision.FeatureDescription;
import io.github.kameleoonservlet.internal.statistics.DecisionCounts;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The section about the features. */
final class FeaturesSection {

  private static final double PERCENT = 100;

  private FeaturesSection() {}

  static Section of(List<FeatureDescription> features, List<DecisionCounts.Count> counts) {
    Entries entries =
        new Entries("list", "No features: the data file has not arrived, or contains none.");
    for (FeatureDescription feature : features) {
      List<DecisionCounts.Count> reads =
          counts.stream().filter(count -> count.feature().equals(feature.key())).toList();
      entries.add(
          feature.key(),
          mark(feature),
          "read " + Value.number(total(reads)) + (total(reads) == 1 ? " time" : " times"),
          new Facts()
              .add("key", "Key", new Value.Code(feature.key()))
              .add("enabled", "Enabled", feature.enabled())
              .add("defaultVariation", "Variation without a rule", code(feature.defaultVariation()))
              .add("readsSinceStart", "Read since the start", total(reads)),
          rules(feature),
          variations(feature),
          reads(reads),
          PlatformSection.sentences(
              "findings", "Findings", "No fault in the data file.", feature.findings()));
    }
    Set<String> known = features.stream().map(FeatureDescription::key).collect(Collectors.toSet());
    return new Section(
        "features",
        "Features",
        "Each feature of the data file: its rules, and how often pages and the API have read it"
            + " since the start.",
        entries,
        unknown(counts.stream().filter(count -> !known.contains(count.feature())).toList()));
  }

  private static Value.Mark mark(FeatureDescription feature) {
    Boolean enabled = feature.enabled();
    if (!feature.findings().isEmpty()) {
      return Value.bad("findings: " + feature.findings().size());
    }
    return enabled == null
        ? Value.neutral("unknown")
        : enabled ? Value.good("enabled") : Value.neutral("disabled");
  }

  private static Value.@Nullable Code code(@Nullable String text) {
    return text == null ? null : new Value.Code(text);
  }

  private static long total(List<DecisionCounts.Count> counts) {
    return counts.stream().mapToLong(DecisionCounts.Count::count).sum();
  }

  private static Table rules(FeatureDescription feature) {
    Table table =
        new Table(
            "rules",
            "Rules, in the order in which they are tried",
            "None.",
            column("id", "Rule"),
            column("type", "Type"),
            column("segment", "Who is meant"),
            column("exposition", "Exposition"),
            column("shares", "Variations"),
            column("experimentId", "Experiment"));
    for (FeatureDescription.Rule rule : feature.rules()) {
      Integer experiment = rule.experimentId();
      table.row(
          String.valueOf(rule.id()),
          rule.type(),
          rule.segment(),
          new Value.Share(rule.exposition()),
          rule.shares().stream().map(FeaturesSection::share).toList(),
          experiment == null ? null : String.valueOf(experiment));
    }
    return table;
  }

  private static String share(FeatureDescription.Share share) {
    return String.format(Locale.ROOT, "%s %.1f %%", share.variationKey(), share.share() * PERCENT);
  }

  private static Table variations(FeatureDescription feature) {
    Table table =
        new Table(
            "variations",
            "Variations",
            "Unknown.",
            column("key", "Key"),
            column("name", "Name"),
            column("ids", "Ids at the platform"));
    for (FeatureDescription.Variation variation : feature.variations()) {
      table.row(
          new Value.Code(variation.key()),
          variation.name(),
          variation.ids().stream().map(String::valueOf).toList());
    }
    return table;
  }

  private static Table reads(List<DecisionCounts.Count> counts) {
    Table table =
        new Table(
            "reads",
            "Read since the start",
            "Never.",
            column("variation", "Variation"),
            column("reason", "Reason"),
            column("count", "Reads"));
    counts.forEach(
        one -> table.row(new Value.Code(one.variation()), one.reason().name(), one.count()));
    return table;
  }

  private static Table unknown(List<DecisionCounts.Count> counts) {
    Table table =
        new Table(
            "unknown",
            "Reads of other keys; * stands for keys that the data file did not have when they were read",
            "",
            column("feature", "Feature"),
            column("variation", "Variation"),
            column("reason", "Reason"),
            column("count", "Reads"));
    counts.forEach(
        one ->
            table.row(
                new Value.Code(one.feature()),
                new Value.Code(one.variation()),
                one.reason().name(),
                one.count()));
    return table;
  }
}
