package io.github.kameleoonservlet.internal.kameleoon;

import com.kameleoon.targeting.TargetingObject;

/**
 * The segments of a feature's rules that one request meets. Each segment is evaluated at most once.
 * As in the SDK, a segment is evaluated only if no rule before it decides. Not thread-safe.
 */
final class SegmentResults {

  /** The maximum number of rules whose results are remembered: the bits of a {@code long}. */
  static final int MAX_RULES = Long.SIZE;

  private final FeatureRules rules;
  private final DecisionData data;
  private int count;
  private long met;

  SegmentResults(FeatureRules rules, DecisionData data) {
    this.rules = rules;
    this.data = data;
  }

  /** Returns the data of the request. */
  DecisionData data() {
    return data;
  }

  /** Returns the number of evaluated rules. Rules are evaluated in their order. */
  int count() {
    return count;
  }

  /** Returns the results of the evaluated rules. Bit 0 is the first rule. */
  long met() {
    return met;
  }

  /**
   * Returns whether the request meets the segment of a rule. Evaluates the previous rules first.
   */
  boolean isMet(int index) {
    while (count <= index) {
      if (rules.isMet(count, data)) {
        met |= 1L << count;
      }
      count++;
    }
    return (met >> index & 1) == 1;
  }

  /**
   * Returns whether the request meets the segment of a rule.
   *
   * @param segments finds the segment if the rule belongs to another feature
   */
  boolean isMet(TargetingObject rule, int experimentId, RequestTargeting segments) {
    int index = rules.indexOf(rule);
    if (index >= 0 && index < MAX_RULES) {
      return isMet(index);
    }
    Segment segment = segments.segment(rule);
    return segment == null || segment.isMet(data, experimentId);
  }
}
