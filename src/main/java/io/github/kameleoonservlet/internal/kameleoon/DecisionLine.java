package io.github.kameleoonservlet.internal.kameleoon;

import io.github.kameleoonservlet.decision.ConditionExplanation;
import io.github.kameleoonservlet.decision.Explanation;
import io.github.kameleoonservlet.decision.RuleExplanation;
import io.github.kameleoonservlet.decision.Variation;
import java.util.stream.Collectors;

/** An explanation as one log line, without visitor code, user id and values. */
final class DecisionLine {

  private DecisionLine() {}

  static String of(Explanation explanation) {
    Variation variation = explanation.getVariation();
    return "Feature '"
        + SdkFailures.shownKey(explanation.getFeatureKey())
        + "' is '"
        + SdkFailures.shownKey(variation.getKey())
        + "' ("
        + variation.getReason()
        + ")"
        + explanation.getRules().stream().map(DecisionLine::rule).collect(Collectors.joining());
  }

  private static String rule(RuleExplanation rule) {
    String conditions =
        rule.getConditions().stream()
            .map(DecisionLine::condition)
            .collect(Collectors.joining(", "));
    Boolean within = rule.getWithinExposition();
    String exposition =
        within == null ? "" : within ? ", within the exposition" : ", not within the exposition";
    return "; rule "
        + rule.getId()
        + (rule.isTargeted() ? " targeted" : " not targeted")
        + (conditions.isEmpty() ? "" : " [" + conditions + "]")
        + exposition
        + (rule.isAssigned() ? ", decides" : "");
  }

  private static String condition(ConditionExplanation condition) {
    return (condition.isInclude() ? "" : "not ")
        + SdkFailures.shownKey(condition.getKind())
        + (condition.isMet() ? " met" : " not met");
  }
}
