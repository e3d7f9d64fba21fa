package io.github.kameleoonservlet.kameleoon;

/**
 * Holds one thing that is wrong in a data file, or that SDK 4.5.0 ignores of it.
 *
 * @param cause what is wrong
 * @param detail such as the type of the condition; empty if the cause needs none
 * @param featureKey the feature; empty if it concerns the whole data file
 * @param where the rule or the variable; empty if it concerns the whole feature
 */
record Finding(FindingCause cause, String detail, String featureKey, String where) {

  /** Returns the finding for somebody who knows the feature. */
  String text() {
    String sentence = cause.sentence(detail);
    return where.isEmpty() ? sentence : where + ": " + sentence;
  }
}
