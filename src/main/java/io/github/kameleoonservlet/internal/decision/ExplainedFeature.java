package io.github.kameleoonservlet.internal.decision;

import io.github.kameleoonservlet.decision.Explanation;
import io.github.kameleoonservlet.decision.RuleExplanation;
import io.github.kameleoonservlet.decision.Variation;
import java.util.List;

/** A feature whose rules were evaluated for one request. Immutable. */
public final class ExplainedFeature implements Explanation {

  private final Variation variation;
  private final List<RuleExplanation> rules;
  private final List<String> findings;

  /**
   * Creates an explanation.
   *
   * @param variation the variation that the visitor gets
   * @param rules the feature's rules in order; empty if no rule was tried
   * @param findings the faults that the check of the data file found in this feature
   */
  public ExplainedFeature(Variation variation, List<RuleExplanation> rules, List<String> findings) {
    this.variation = variation;
    this.rules = List.copyOf(rules);
    this.findings = List.copyOf(findings);
  }

  /**
   * Returns an explanation without rules and findings, for a variation that its reason explains.
   */
  public static Explanation withoutRules(Variation variation) {
    return new ExplainedFeature(variation, List.of(), List.of());
  }

  @Override
  public String getFeatureKey() {
    return variation.getFeatureKey();
  }

  @Override
  public Variation getVariation() {
    return variation;
  }

  @Override
  public List<RuleExplanation> getRules() {
    return rules;
  }

  @Override
  public List<String> getFindings() {
    return findings;
  }

  @Override
  public String toText() {
    return ExplanationText.of(this);
  }

  /** Returns feature, variation and reason, without data of the request. */
  @Override
  public String toString() {
    return "Explanation[" + variation + "]";
  }
}
