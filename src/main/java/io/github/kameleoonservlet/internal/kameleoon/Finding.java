package io.github.kameleoonservlet.internal.kameleoon;

/**
 * One fault in a data file, or one function of it that SDK 4.5.0 ignores.
 *
 * @param cause the kind of fault
 * @param detail for example the type of the condition; empty if the cause needs none
 * @param featureKey the feature's key; empty if the finding concerns the whole data file
 * @param where the rule or the variable; empty if the finding concerns the whole feature
 */
record Finding(FindingCause cause, String detail, String featureKey, String where) {

  /** Returns the finding as a sentence that does not name the feature. */
  String text() {
    String sentence = cause.sentence(detail);
    return where.isEmpty() ? sentence : where + ": " + sentence;
  }
}
