package io.github.kameleoonservlet.decision;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The result of one rule of a feature for a visitor.
 *
 * <p>Immutable and thread-safe; no method throws. Only {@link #getExperimentId()} and {@link
 * #getWithinExposition()} can be null.
 *
 * <p>Applications call this interface and do not implement it: a later version can add methods.
 *
 * @since 0.1
 */
public interface RuleExplanation {

  /** Returns the rule's id at the platform. */
  int getId();

  /** Returns the experiment's id at the platform; null if the data file has none. */
  @Nullable Integer getExperimentId();

  /** Returns the share of the targeted visitors that the rule takes, from 0 to 1. */
  double getExposition();

  /** Returns whether the visitor meets the rule's segment; true if the rule has none. */
  boolean isTargeted();

  /**
   * Returns whether the visitor is within the exposition. Null if the decision did not get that
   * far: the visitor does not meet the segment, or an earlier rule ended the decision.
   */
  @Nullable Boolean getWithinExposition();

  /** Returns whether this rule assigns the visitor's variation; true for one rule at most. */
  boolean isAssigned();

  /**
   * Returns how the conditions are combined, by their numbers from 1 on, as in {@code 1 and (2 or
   * 3)}; empty if there are none.
   */
  String getExpression();

  /**
   * Returns all conditions of the segment, in the order of their numbers, those of a rule after the
   * deciding one included. Unmodifiable; empty if the rule has no segment.
   */
  List<ConditionExplanation> getConditions();
}
