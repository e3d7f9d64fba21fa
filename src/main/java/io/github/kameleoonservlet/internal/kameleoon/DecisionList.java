package io.github.kameleoonservlet.internal.kameleoon;

import com.kameleoon.configuration.FeatureFlag;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * A linked list of the remembered decisions of one visitor, which begins with the newest one. The
 * list has at most {@value #MAX_OF_FEATURE} decisions of one feature: a visitor meets different
 * segments with different devices and on different pages. Immutable.
 *
 * @param flag the feature, compared by identity, because each data file has its own features
 * @param count the number of the feature's rules that the SDK has evaluated
 * @param met the results of these rules; bit 0 is the first rule
 * @param decision the decision
 * @param next the next older decision; null at the end of the list
 */
record DecisionList(
    FeatureFlag flag, int count, long met, SdkDecision decision, @Nullable DecisionList next) {

  static final int MAX_OF_FEATURE = 8;

  /**
   * Finds the decision for the segments that a request meets.
   *
   * @param results the segments that the request meets; null if no rule of the feature has a
   *     segment
   */
  static @Nullable SdkDecision find(
      @Nullable DecisionList first, FeatureFlag flag, @Nullable SegmentResults results) {
    for (DecisionList one = first; one != null; one = one.next) {
      if (one.flag == flag && (results == null || one.isFor(results))) {
        return one.decision;
      }
    }
    return null;
  }

  /** Compares rule by rule, so that no rule behind the first difference is evaluated. */
  private boolean isFor(SegmentResults results) {
    for (int i = 0; i < count; i++) {
      if (results.isMet(i) != ((met >> i & 1) == 1)) {
        return false;
      }
    }
    return true;
  }

  /**
   * Returns a list with one more decision. A full list drops the oldest decision of the feature.
   */
  static DecisionList add(
      @Nullable DecisionList rest, FeatureFlag flag, int count, long met, SdkDecision decision) {
    return new DecisionList(flag, count, met, decision, bounded(rest, flag));
  }

  private static @Nullable DecisionList bounded(@Nullable DecisionList list, FeatureFlag flag) {
    // Not by recursion: a data file may have thousands of features.
    Deque<DecisionList> newestLast = new ArrayDeque<>();
    int ofFeature = 0;
    for (DecisionList one = list; one != null; one = one.next) {
      ofFeature += one.flag == flag ? 1 : 0;
      if (one.flag != flag || ofFeature < MAX_OF_FEATURE) {
        newestLast.push(one);
      }
    }
    if (ofFeature < MAX_OF_FEATURE) {
      return list;
    }
    DecisionList kept = null;
    for (DecisionList one : newestLast) {
      kept = new DecisionList(one.flag, one.count, one.met, one.decision, kept);
    }
    return kept;
  }

  /** Returns the number of decisions in the list. */
  int length() {
    int length = 0;
    for (DecisionList one = this; one != null; one = one.next) {
      length++;
    }
    return length;
  }
}
