package io.github.kameleoonservlet.internal.kameleoon;

/** The cause of a finding in a data file. {@code %s} is the detail, such as a condition's type. */
enum FindingCause {
  UNKNOWN_CONDITION(
      "SDK 4.5.0 does not support the condition type %s: no visitor meets such a"
          + " condition, even if the condition excludes"),
  NO_GEOLOCATION(
      "No setting supplies the data of %s conditions: set countryHeader to the"
          + " header that contains the country"),
  NO_CUSTOM_DATA(
      "No setting supplies the custom data %s: set customData.<index>, or call"
          + " Visitor.addCustomData before the decision"),
  NO_PAGE_TITLE(
      "No setting supplies the data of %s conditions: set pageTitle, or call"
          + " Visitor.setPageTitle before the decision"),
  NO_PAGE_VIEWS(
      "No setting supplies the data of %s conditions: set trackPageViews=true, or"
          + " remoteVisitorData=true for earlier visits"),
  NO_EARLIER_VISITS(
      "No setting supplies the earlier visits for %s conditions, so that every"
          + " visitor counts as new: set remoteVisitorData=true"),
  HOLDOUT(
      "SDK 4.5.0 ignores the holdout: visitors of the holdout get variations on the"
          + " server, but newer SDKs show them the default variation"),
  EXCLUSIVE_GROUP(
      "SDK 4.5.0 ignores mutually exclusive groups: a visitor can get several features of one"
          + " group"),
  CUSTOM_BUCKETING(
      "SDK 4.5.0 ignores bucketing by custom data: the SDK assigns variations by the visitor code"),
  BANDIT("SDK 4.5.0 ignores contextual bandits: the SDK assigns variations by their exposition"),
  RESPOOL_ZERO(
      "respoolTime is 0, and the SDKs treat 0 differently: the web SDK and the"
          + " server can assign different variations"),
  SEVERAL_DELIVERED(
      "A TARGETED_DELIVERY rule has several variations, and the SDKs treat such a"
          + " rule differently: the web SDK and the server can assign different variations"),
  PARTIAL_EXPRESSION(
      "A regular expression of a %s condition must match the whole value in the Java"
          + " SDK, but only a part of the value in the web SDK: begin and end the"
          + " expression with .*, or begin with ^ and end with $"),
  INVALID_EXPRESSION("A regular expression of a %s condition is invalid in Java"),
  NO_EXPERIMENT("A rule has no experimentId: the SDK cannot decide the feature"),
  NO_VARIABLE_TYPE("A variable has no type: the SDK cannot decide the feature"),
  MISSING_SEGMENT(
      "A SEGMENT condition refers to a segment that no rule of the data file contains (id %s)"),
  SEGMENT_CYCLE("A SEGMENT condition refers to its own segment (id %s)"),
  UNREAD_SEGMENT(
      "A rule contains only the id of its segment, which SDK 4.5.0 does not read: the rule reaches"
          + " every visitor"),
  UNKNOWN_NAME("No custom data have the name of the setting customData.<name>: %s");

  private final String sentence;

  FindingCause(String sentence) {
    this.sentence = sentence;
  }

  /** Returns the cause as a sentence without a full stop. */
  String sentence(String detail) {
    return sentence.replace("%s", detail);
  }
}
