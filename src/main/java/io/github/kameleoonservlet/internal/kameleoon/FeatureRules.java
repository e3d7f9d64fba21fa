package io.github.kameleoonservlet.internal.kameleoon;

import com.kameleoon.configuration.FeatureFlag;
import com.kameleoon.configuration.Rule;
import com.kameleoon.targeting.TargetingObject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rules of a feature with their segments, in the order of the data file. Thread-safe. */
final class FeatureRules {

  private final FeatureFlag flag;
  private final List<Rule> rules;
  private final @Nullable Segment[] segments;
  private final boolean targeted;

  FeatureRules(FeatureFlag flag, Segments known) {
    this.flag = flag;
    this.rules = List.copyOf(flag.getRules());
    this.segments = new Segment[rules.size()];
    boolean any = false;
    for (int i = 0; i < segments.length; i++) {
      segments[i] = known.of(rules.get(i));
      any |= segments[i] != null;
    }
    this.targeted = any;
  }

  FeatureFlag flag() {
    return flag;
  }

  /** Returns whether a rule has a segment, so that a decision depends on the request. */
  boolean isTargeted() {
    return targeted;
  }

  int size() {
    return segments.length;
  }

  /** Returns the position of a rule, compared by identity; -1 if the feature has no such rule. */
  int indexOf(TargetingObject rule) {
    for (int i = 0; i < segments.length; i++) {
      if (rules.get(i) == rule) {
        return i;
      }
    }
    return -1;
  }

  /**
   * Returns whether a request meets the segment of the rule at a position; true without a segment.
   */
  boolean isMet(int index, DecisionData data) {
    Segment segment = segments[index];
    Integer experiment = rules.get(index).getExperimentId();
    return segment == null || segment.isMet(data, experiment == null ? 0 : experiment);
  }
}
