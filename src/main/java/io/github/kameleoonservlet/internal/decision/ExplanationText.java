package io.github.kameleoonservlet.internal.decision;

import io.github.kameleoonservlet.decision.ConditionExplanation;
import io.github.kameleoonservlet.decision.Explanation;
import io.github.kameleoonservlet.decision.RuleExplanation;
import io.github.kameleoonservlet.decision.Variation;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The text of an explanation, which pages print. Contains values of the request. */
final class ExplanationText {

  private static final double PERCENT = 100;

  private ExplanationText() {}

  static String of(Explanation explanation) {
    List<String> lines = new ArrayList<>();
    lines.add(variation(explanation.getVariation()));
    for (RuleExplanation rule : explanation.getRules()) {
      lines.add("  " + rule(rule));
      for (ConditionExplanation condition : rule.getConditions()) {
        lines.add("    " + condition(condition));
      }
    }
    for (String finding : explanation.getFindings()) {
      lines.add("  ! " + finding);
    }
    return String.join("\n", lines);
  }

  private static String variation(Variation variation) {
    return variation.getFeatureKey()
        + " = "
        + variation.getKey()
        + " ("
        + variation.getReason()
        + (variation.getExperimentId() == null ? "" : ", experiment " + variation.getExperimentId())
        + ")";
  }

  private static String rule(RuleExplanation rule) {
    boolean targeted = rule.isTargeted();
    String segment =
        rule.getConditions().isEmpty()
            ? (targeted ? "everybody" : "segment cannot be read")
            : (targeted ? "segment met" : "segment not met") + " [" + rule.getExpression() + "]";
    String share = String.format(Locale.ROOT, "exposition %.1f %%", rule.getExposition() * PERCENT);
    Boolean within = rule.getWithinExposition();
    return "rule "
        + rule.getId()
        + (rule.getExperimentId() == null ? "" : " (experiment " + rule.getExperimentId() + ")")
        + ": "
        + segment
        + ", "
        + share
        + (within == null ? "" : within ? ", within it" : ", not within it")
        + (rule.isAssigned() ? ", decides" : "");
  }

  private static String condition(ConditionExplanation condition) {
    String found = condition.getFound();
    String note = condition.getNote();
    return condition.getNumber()
        + ". "
        + condition.getKind()
        + (condition.isInclude() ? " " : " not ")
        + condition.getWanted()
        + ": "
        + (condition.isMet() ? "met" : "not met")
        + ", found "
        + (found == null ? "nothing" : found)
        + (note == null ? "" : " (" + note + ")");
  }
}
