package io.github.kameleoonservlet.internal.kameleoon;

/** The causes of a finding in a data file. {@code %s} is the detail, such as a condition's type. */
enum FindingCause {
  UNKNOWN_CONDITION(
      "SDK 4.5.0 does not support the condition type %s: the condition is not met, whether it"
          + " includes or excludes"),
  NO_GEOLOCATION(
      "No setting feeds %s conditions: set countryHeader to the header that contains the"
          + " country"),
  NO_CUSTOM_DATA(
      "No setting feeds the custom data %s: set customData.<index>, or call Visitor.addCustomData"
          + " before the decision"),
  NO_PAGE_TITLE(
      "No setting feeds %s conditions: set pageTitle, or call Visitor.setPageTitle before"
          + " the decision"),
  NO_PAGE_VIEWS(
      "No setting feeds %s conditions: set trackPageViews=true, or remoteVisitorData=true for"
          + " earlier visits"),
  NO_EARLIER_VISITS(
      "No setting feeds %s conditions with earlier visits, so that every visitor counts as new: set"
          + " remoteVisitorData=true"),
  HOLDOUT(
      "SDK 4.5.0 ignores the holdout: the visitors in it get variations here, and the default"
          + " variation in newer SDKs"),
  EXCLUSIVE_GROUP(
      "SDK 4.5.0 ignores mutually exclusive groups: a visitor can get several features of one"
          + " group"),
  CUSTOM_BUCKETING(
      "SDK 4.5.0 ignores bucketing by custom data: it assigns variations by the visitor code"),
  BANDIT("SDK 4.5.0 ignores contextual bandits: it assigns variations by their exposition"),
  RESPOOL_ZERO(
      "respoolTime is 0, on which the SDKs differ: the web SDK and the server can assign different"
          + " variations"),
  SEVERAL_DELIVERED(
      "A TARGETED_DELIVERY rule has several variations, on which the SDKs differ: the web SDK and"
          + " the server can assign different variations"),
  PARTIAL_EXPRESSION(
      "A regular expression of a %s condition must match the whole value in the Java SDK, but only"
          + " a part of the value in the web SDK: begin and end it with .*, or begin it with ^ and"
          + " end it with $"),
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
