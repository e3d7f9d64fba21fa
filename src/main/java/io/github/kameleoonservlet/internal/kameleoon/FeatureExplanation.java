package io.github.kameleoonservlet.internal.kameleoon;

import com.kameleoon.configuration.FeatureFlag;
import com.kameleoon.configuration.Rule;
import com.kameleoon.utils.HashDouble;
import io.github.kameleoonservlet.decision.ConditionExplanation;
import io.github.kameleoonservlet.decision.RuleExplanation;
import io.github.kameleoonservlet.internal.decision.ExplainedCondition;
import io.github.kameleoonservlet.internal.decision.ExplainedRule;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The explanation of a feature's rules. Evaluates the same segments as a decision. */
final class FeatureExplanation {

  private FeatureExplanation() {}

  /**
   * Returns the explanations of a feature's rules for a visitor.
   *
   * @param decided the rule that decided; null if no rule decided
   * @param hashed the text that the SDK hashes: the code, or the mapping identifier
   */
  static List<RuleExplanation> of(
      FeatureFlag flag,
      DecisionData data,
      RequestTargeting targeting,
      @Nullable Rule decided,
      String hashed) {
    List<RuleExplanation> rules = new ArrayList<>();
    boolean finished = false;
    for (Rule rule : flag.getRules()) {
      Segment segment = targeting.segment(rule);
      int experimentId = rule.getExperimentId() == null ? 0 : rule.getExperimentId();
      List<Condition.Result> results =
          segment == null ? List.of() : segment.results(data, experimentId);
      boolean targeted = segment == null || segment.isMet(results);
      Boolean within = (finished || !targeted) ? null : (Boolean) isWithinExposition(rule, hashed);
      rules.add(
          new ExplainedRule(
              rule.getId(),
              rule.getExperimentId(),
              rule.getExposition(),
              targeted,
              within,
              rule == decided,
              segment == null ? "" : segment.expression(),
              segment == null ? List.of() : conditions(segment, results, data)));
      // The SDK stops at the deciding rule, and at a targeted delivery whose exposition excludes
      // the visitor.
      finished |=
          rule == decided || (Boolean.FALSE.equals(within) && rule.isTargetedDeliveryType());
    }
    return rules;
  }

  private static boolean isWithinExposition(Rule rule, String hashed) {
    return HashDouble.obtain(hashed, rule.getId(), rule.getRespoolTime()) <= rule.getExposition();
  }

  private static List<ConditionExplanation> conditions(
      Segment segment, List<Condition.Result> results, DecisionData data) {
    List<ConditionExplanation> explained = new ArrayList<>();
    List<Condition> conditions = segment.conditions();
    for (int i = 0; i < conditions.size(); i++) {
      ConditionText text = conditions.get(i).text();
      Condition.Result result = results.get(i);
      explained.add(
          new ExplainedCondition(
              i + 1,
              text.kind(),
              text.include(),
              text.wanted(),
              conditions.get(i).found(data),
              result.isMet(),
              result.note()));
    }
    return explained;
  }
}
