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
record RememberedDecision(
    FeatureFlag flag,
    int count,
    long met,
    SdkDecision decision,
    @Nullable RememberedDecision next) {

  static final int MAX_OF_FEATURE = 8;

  /**
   * Finds the decision for the segments that a request meets.
   *
   * @param results the segments that the request meets; null if no rule of the feature has a
   *     segment
   */
  static @Nullable SdkDecision find(
      @Nullable RememberedDecision first, FeatureFlag flag, @Nullable SegmentResults results) {
    for (RememberedDecision one = first; one != null; one = one.next) {
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
  static RememberedDecision add(
      @Nullable RememberedDecision rest, FeatureFlag flag, int count, long met, SdkDecision made) {
    return new RememberedDecision(flag, count, met, made, bounded(rest, flag));
  }

  private static @Nullable RememberedDecision bounded(
      @Nullable RememberedDecision list, FeatureFlag flag) {
    // Not by recursion: a data file may have thousands of features.
    Deque<RememberedDecision> newestLast = new ArrayDeque<>();
    int ofFeature = 0;
    for (RememberedDecision one = list; one != null; one = one.next) {
      ofFeature += one.flag == flag ? 1 : 0;
      if (one.flag != flag || ofFeature < MAX_OF_FEATURE) {
        newestLast.push(one);
      }
    }
    if (ofFeature < MAX_OF_FEATURE) {
      return list;
    }
    RememberedDecision kept = null;
    for (RememberedDecision one : newestLast) {
      kept = new RememberedDecision(one.flag, one.count, one.met, one.decision, kept);
    }
    return kept;
  }

  /** Returns the number of decisions in the list. */
  int length() {
    int length = 0;
    for (RememberedDecision one = this; one != null; one = one.next) {
      length++;
    }
    return length;
  }
}
