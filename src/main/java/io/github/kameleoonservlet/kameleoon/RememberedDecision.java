package io.github.kameleoonservlet.kameleoon;

import com.kameleoon.configuration.FeatureFlag;
import org.jspecify.annotations.Nullable;

/**
 * The remembered decisions of one visitor, a list that begins with the newest one. Immutable. The
 * list has at most {@value #MAX_OF_FEATURE} decisions of a feature: a visitor meets other segments
 * with another device or on another page.
 *
 * @param flag the feature, compared by identity: another data file has other features
 * @param count how many of the feature's rules the SDK has evaluated
 * @param met which of these the request met: bit 0 is the first rule
 * @param decision the decision
 * @param next the next older decision
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
   * @param results null if no rule of the feature has a segment
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

  /** Evaluates a rule only after the results with which the SDK evaluated it. */
  private boolean isFor(SegmentResults results) {
    for (int i = 0; i < count; i++) {
      if (results.isMet(i) != ((met >> i & 1) == 1)) {
        return false;
      }
    }
    return true;
  }

  /** Returns a list with one more decision, in which those of one feature are limited. */
  static RememberedDecision add(
      @Nullable RememberedDecision rest, FeatureFlag flag, int count, long met, SdkDecision made) {
    int known = 0;
    for (RememberedDecision one = rest; one != null; one = one.next) {
      known += one.flag == flag ? 1 : 0;
    }
    return new RememberedDecision(
        flag, count, met, made, known < MAX_OF_FEATURE ? rest : without(flag, rest));
  }

  private static @Nullable RememberedDecision without(
      FeatureFlag flag, @Nullable RememberedDecision list) {
    RememberedDecision others = null;
    for (RememberedDecision one = list; one != null; one = one.next) {
      if (one.flag != flag) {
        others = new RememberedDecision(one.flag, one.count, one.met, one.decision, others);
      }
    }
    return others;
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
