package io.github.kameleoonservlet.internal.kameleoon;

import com.kameleoon.targeting.TargetingObject;

/**
 * Which segments of a feature's rules one request meets. Each segment is evaluated at most once,
 * and, as by the SDK, only if the rules before it did not decide. Used by one thread.
 */
final class SegmentResults {

  /** The maximum of rules whose results are remembered: the bits of a {@code long}. */
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

  /** Returns how many of the first rules have been evaluated. */
  int count() {
    return count;
  }

  /** Returns the results of the evaluated rules: bit 0 is the first rule. */
  long met() {
    return met;
  }

  /**
   * Returns whether the request meets the segment of a rule; evaluates the rules before it first.
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
   * @param segments the segments of the data file, for a rule of another feature
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
