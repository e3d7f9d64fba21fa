package io.github.kameleoonservlet.decision;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The result of one rule of a feature for a visitor.
 *
 * <p>Immutable and thread-safe; no method throws. Only {@link #getExperimentId()} and {@link
 * #getWithinExposition()} can be null.
 *
 * @since 0.1
 */
public final class RuleExplanation {

  private static final double PERCENT = 100;

  private final int id;
  private final @Nullable Integer experimentId;
  private final double exposition;
  private final boolean targeted;
  private final @Nullable Boolean withinExposition;
  private final boolean assigned;
  private final String expression;
  private final List<ConditionExplanation> conditions;

  /**
   * Creates an explanation. For decision providers; the parameters may change.
   *
   * @param id the rule's id at the platform
   * @param experimentId the experiment's id at the platform; null if the data file has none
   * @param exposition the share of the targeted visitors that the rule takes, from 0 to 1
   * @param targeted whether the visitor meets the rule's segment; true without one
   * @param withinExposition whether the visitor is within the exposition; null if the decision did
   *     not get that far
   * @param assigned whether this rule assigns the visitor's variation
   * @param expression how the numbers of the conditions are combined, as in {@code 1 and (2 or 3)};
   *     empty without conditions
   * @param conditions all conditions of the segment, in the order of their numbers
   */
  public RuleExplanation(
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

  /** Returns the rule's id at the platform. */
  public int getId() {
    return id;
  }

  /** Returns the experiment's id at the platform; null if the data file has none. */
  public @Nullable Integer getExperimentId() {
    return experimentId;
  }

  /** Returns the share of the targeted visitors that the rule takes, from 0 to 1. */
  public double getExposition() {
    return exposition;
  }

  /** Returns whether the visitor meets the rule's segment; true if the rule has none. */
  public boolean isTargeted() {
    return targeted;
  }

  /**
   * Returns whether the visitor is within the exposition. Null if the decision did not get that
   * far: the visitor does not meet the segment, or an earlier rule ended the decision.
   */
  public @Nullable Boolean getWithinExposition() {
    return withinExposition;
  }

  /** Returns whether this rule assigns the visitor's variation; true for one rule at most. */
  public boolean isAssigned() {
    return assigned;
  }

  /**
   * Returns how the conditions are combined, by their numbers from 1 on, as in {@code 1 and (2 or
   * 3)}; empty if there are none.
   */
  public String getExpression() {
    return expression;
  }

  /**
   * Returns all conditions of the segment, in the order of their numbers, those of a rule after the
   * deciding one included. Unmodifiable; empty if the rule has no segment.
   */
  public List<ConditionExplanation> getConditions() {
    return conditions;
  }

  String toText() {
    String segment =
        conditions.isEmpty()
            ? (targeted ? "everybody" : "segment cannot be read")
            : (targeted ? "segment met" : "segment not met") + " [" + expression + "]";
    String share = String.format(Locale.ROOT, "exposition %.1f %%", exposition * PERCENT);
    String within =
        withinExposition == null ? "" : withinExposition ? ", within it" : ", not within it";
    return "rule "
        + id
        + (experimentId == null ? "" : " (experiment " + experimentId + ")")
        + ": "
        + segment
        + ", "
        + share
        + within
        + (assigned ? ", decides" : "");
  }

  @Override
  public String toString() {
    return "RuleExplanation[" + id + ", targeted=" + targeted + ", assigned=" + assigned + "]";
  }
}
