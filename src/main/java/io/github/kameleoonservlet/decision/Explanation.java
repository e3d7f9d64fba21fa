package io.github.kameleoonservlet.decision;

import java.util.List;

/**
 * The evaluation of a feature's rules for one request: the variation, each rule in order, and each
 * condition of the rule's segment. The library tracks and sends nothing for an explanation.
 *
 * <p>An explanation contains data of the request (page, browser, place, and the cookies and custom
 * data that a condition asks for): show it only to users who may see these data. Immutable and
 * thread-safe. No method throws or returns null.
 *
 * <p>Applications call this interface and do not implement it: a later version can add methods.
 *
 * @since 0.1
 */
public interface Explanation {

  /** Returns the key of the feature; empty if the application asked for null. */
  String getFeatureKey();

  /** Returns the variation that the visitor gets, with the reason if no rule assigned it. */
  Variation getVariation();

  /**
   * Returns the rules of the feature in the order in which the SDK tries them. Unmodifiable; empty
   * if no rule was tried, or if the SDK is another version than 4.5.0.
   */
  List<RuleExplanation> getRules();

  /**
   * Returns the faults of the feature in the data file, and its functions that this version of the
   * SDK ignores; one sentence each, without a full stop. Unmodifiable, usually empty.
   */
  List<String> getFindings();

  /**
   * Returns the explanation as text, one line for the variation and for each rule, condition and
   * finding, separated by {@code \n}. The text contains values of the request: escape it before a
   * page prints it.
   */
  String toText();
}
