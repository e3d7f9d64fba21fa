package io.github.kameleoonservlet.decision;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Explains why a visitor gets a variation: each rule of the feature in order, with each condition
 * of its segment. Nothing was tracked or sent for it.
 *
 * <p>It contains data of the request (page, cookies and custom data that a condition asks for):
 * show it to people who may see these. Immutable and thread-safe. No method throws.
 */
public final class Explanation {

  private final Variation variation;
  private final List<RuleExplanation> rules;
  private final List<String> findings;

  /**
   * Creates an explanation. For decision providers; the parameters may change.
   *
   * @param variation the variation that the visitor gets
   * @param rules the feature's rules in order; empty if the feature is not decided by rules
   * @param findings what the check of the data file has found about this feature
   */
  public Explanation(Variation variation, List<RuleExplanation> rules, List<String> findings) {
    this.variation = variation;
    this.rules = List.copyOf(rules);
    this.findings = List.copyOf(findings);
  }

  /** Returns an explanation without rules: the variation's reason is all there is to say. */
  public static Explanation of(Variation variation) {
    return new Explanation(variation, List.of(), List.of());
  }

  /** Returns the key of the feature. */
  public String getFeatureKey() {
    return variation.getFeatureKey();
  }

  /** Returns the variation that the visitor gets, with the reason if no rule assigned it. */
  public Variation getVariation() {
    return variation;
  }

  /** Returns the rules of the feature in the order in which they are tried. Unmodifiable. */
  public List<RuleExplanation> getRules() {
    return rules;
  }

  /**
   * Returns what is wrong with the feature in the data file, or what this version of the SDK
   * ignores of it; one sentence each, usually none. Unmodifiable.
   */
  public List<String> getFindings() {
    return findings;
  }

  /**
   * Returns the explanation as text, one line for the variation, each rule, condition and finding.
   * Values come from the request: escape the text for the page.
   */
  public String toText() {
    List<String> lines = new ArrayList<>();
    Integer experiment = variation.getExperimentId();
    lines.add(
        getFeatureKey()
            + " = "
            + variation.getKey()
            + " ("
            + variation.getReason()
            + experiment(experiment)
            + ")");
    for (RuleExplanation rule : rules) {
      lines.add("  " + rule.toText());
      for (ConditionExplanation condition : rule.getConditions()) {
        lines.add("    " + condition.toText());
      }
    }
    for (String finding : findings) {
      lines.add("  ! " + finding);
    }
    return String.join("\n", lines);
  }

  private static String experiment(@Nullable Integer id) {
    return id == null ? "" : ", experiment " + id;
  }

  /** Shows feature, variation and reason, and nothing of the request. */
  @Override
  public String toString() {
    return "Explanation[" + variation + "]";
  }
}
