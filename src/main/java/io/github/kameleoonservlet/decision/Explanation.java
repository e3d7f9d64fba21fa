package io.github.kameleoonservlet.decision;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The reason why a visitor gets a variation: each rule of the feature in order, with each condition
 * of its segment. The library tracks and sends nothing for an explanation.
 *
 * <p>An explanation contains data of the request (page, browser, place, and the cookies and custom
 * data that a condition asks for): show it only to users who may see these data. Immutable and
 * thread-safe. No method throws or returns null.
 *
 * @since 0.1
 */
public final class Explanation {

  private final Variation variation;
  private final List<RuleExplanation> rules;
  private final List<String> findings;

  /**
   * Creates an explanation. For decision providers; the parameters may change.
   *
   * @param variation the variation that the visitor gets
   * @param rules the feature's rules in order; empty if no rule was tried
   * @param findings the faults that the check of the data file found in this feature
   */
  public Explanation(Variation variation, List<RuleExplanation> rules, List<String> findings) {
    this.variation = variation;
    this.rules = List.copyOf(rules);
    this.findings = List.copyOf(findings);
  }

  /**
   * Returns an explanation without rules and findings, for a variation that its reason explains.
   */
  public static Explanation of(Variation variation) {
    return new Explanation(variation, List.of(), List.of());
  }

  /** Returns the key of the feature; empty if the application asked for null. */
  public String getFeatureKey() {
    return variation.getFeatureKey();
  }

  /** Returns the variation that the visitor gets, with the reason if no rule assigned it. */
  public Variation getVariation() {
    return variation;
  }

  /**
   * Returns the rules of the feature in the order in which the SDK tries them. Unmodifiable; empty
   * if no rule was tried, or if the SDK is another version than 4.5.0.
   */
  public List<RuleExplanation> getRules() {
    return rules;
  }

  /**
   * Returns the faults of the feature in the data file, and its functions that this version of the
   * SDK ignores; one sentence each, without a full stop. Unmodifiable, usually empty.
   */
  public List<String> getFindings() {
    return findings;
  }

  /**
   * Returns the explanation as text, one line for the variation and for each rule, condition and
   * finding, separated by {@code \n}. The text contains values of the request: escape it before a
   * page prints it.
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

  /** Returns feature, variation and reason, without data of the request. */
  @Override
  public String toString() {
    return "Explanation[" + variation + "]";
  }
}
