package io.github.kameleoonservlet.internal.kameleoon;

/**
 * One fault in a data file, or one function of a data file that SDK 4.5.0 ignores. Immutable.
 *
 * @param cause the kind of fault
 * @param detail for example the type of the condition; empty if the cause needs none
 * @param featureKey the feature's key; empty if the finding concerns the whole data file
 * @param where the rule or the variable; empty if the finding concerns the whole feature
 */
record Finding(FindingCause cause, String detail, String featureKey, String where) {

  /** Returns the finding as a sentence without the feature's key. */
  String text() {
    String sentence = cause.sentence(detail);
    return where.isEmpty() ? sentence : where + ": " + sentence;
  }
}
