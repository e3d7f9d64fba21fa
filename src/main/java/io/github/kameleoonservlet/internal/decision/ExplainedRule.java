package io.github.kameleoonservlet.internal.decision;

import io.github.kameleoonservlet.decision.ConditionExplanation;
import io.github.kameleoonservlet.decision.RuleExplanation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One evaluated rule, with its conditions. Immutable. */
public final class ExplainedRule implements RuleExplanation {

  private final int id;
  private final @Nullable Integer experimentId;
  private final double exposition;
  private final boolean targeted;
  private final @Nullable Boolean withinExposition;
  private final boolean assigned;
  private final String expression;
  private final List<ConditionExplanation> conditions;

  /**
   * Creates an evaluated rule.
   *
   * @param id the rule's id at the platform
   * @param experimentId the experiment's id at the platform; null if the data file has none
   * @param exposition the share of the targeted visitors that the rule takes, from 0 to 1
   * @param targeted whether the visitor meets the rule's segment; true if the rule has no segment
   * @param withinExposition whether the visitor is within the exposition; null if the decision did
   *     not get that far
   * @param assigned whether this rule assigns the visitor's variation
   * @param expression how the numbers of the conditions are combined, as in {@code 1 and (2 or 3)};
   *     empty without conditions
   * @param conditions all conditions of the segment, in the order of their numbers
   */
  public ExplainedRule(
      int id,
      @Nullable Integer experimentId,
      double exposition,
      boolean targeted,
      @Nullable Boolean withinExposition,
      boolean assigned,
      String expression,
      List<ConditionExplanation> conditions) {
    this.id = id;
    this.experimentId = experimentId;
    this.exposition = exposition;
    this.targeted = targeted;
    this.withinExposition = withinExposition;
    this.assigned = assigned;
    this.expression = expression;
    this.conditions = List.copyOf(conditions);
  }

  @Override
  public int getId() {
    return id;
  }

  @Override
  public @Nullable Integer getExperimentId() {
    return experimentId;
  }

  @Override
  public double getExposition() {
    return exposition;
  }

  @Override
  public boolean isTargeted() {
    return targeted;
  }

  @Override
  public @Nullable Boolean getWithinExposition() {
    return withinExposition;
  }

  @Override
  public boolean isAssigned() {
    return assigned;
  }

  @Override
  public String getExpression() {
    return expression;
  }

  @Override
  public List<ConditionExplanation> getConditions() {
    return conditions;
  }

  @Override
  public String toString() {
    return "RuleExplanation[" + id + ", targeted=" + targeted + ", assigned=" + assigned + "]";
  }
}
