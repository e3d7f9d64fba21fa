package io.github.kameleoonservlet.internal.kameleoon;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Builds a small data file: features with one targeted delivery each, which can have a segment. */
final class SegmentedFile {

  static final String NO_CUSTOM_DATA = "[]";

  private final List<String> features = new ArrayList<>();
  private String customData = NO_CUSTOM_DATA;
  private String more = "";

  /** Adds a feature whose rule has these conditions, each a JSON object, joined by AND. */
  SegmentedFile feature(String key, String... conditions) {
    return rule(key, "", segment("", conditions));
  }

  /**
   * Adds a feature with more fields in its rule; these fields override the fields of the template.
   */
  SegmentedFile rule(String key, String fields, String segment) {
    int id = 101 + features.size();
    String rule =
        """
        {"id":%d,"order":0,"type":"TARGETED_DELIVERY","exposition":1.0,"experimentId":2%d,
         "respoolTime":null,"segment":%s,
         "variationByExposition":[{"variationKey":"on","variationId":3%d,"exposition":1.0}]%s}
        """
            .formatted(id, id, segment, id, fields);
    return whole(key, "", rule);
  }

  /** Adds a feature with more fields, and a complete rule. */
  SegmentedFile whole(String key, String fields, String rule) {
    features.add(
        """
        {"id":%d,"featureKey":"%s","environmentEnabled":true,"defaultVariationKey":"off",
         "variations":[{"key":"off","name":"off","variables":[]},
                       {"key":"on","name":"on","variables":[]}],"rules":[%s]%s}
        """
            .formatted(features.size() + 1, key, rule, fields));
    return this;
  }

  SegmentedFile customData(String array) {
    customData = array;
    return this;
  }

  /** Sets more fields of the data file itself. */
  SegmentedFile with(String fields) {
    more = fields;
    return this;
  }

  /**
   * Returns a segment of these conditions; without an id if the argument is empty. The id is a JSON
   * string, because SDK 4.5.0 does not find a segment whose id is a number.
   */
  static String segment(String id, String... conditions) {
    return segment(id, false, conditions);
  }

  /** Returns a segment whose conditions are joined by OR. */
  static String either(String... conditions) {
    return segment("", true, conditions);
  }

  private static String segment(String id, boolean either, String... conditions) {
    String operators = conditions.length < 2 ? "" : (either + ",").repeat(conditions.length - 1);
    return """
        {%s"conditionsData":{"firstLevelOrOperators":[],"firstLevel":[
          {"orOperators":[%s],"conditions":[%s]}]}}
        """
        .formatted(
            id.isEmpty() ? "" : "\"id\":\"" + id + "\",",
            operators.isEmpty() ? "" : operators.substring(0, operators.length() - 1),
            String.join(",", conditions));
  }

  /** Returns a condition with these fields, such as {@code "pageCount":1}. */
  static String condition(String type, String fields) {
    String rest = fields.isEmpty() ? "" : "," + fields;
    return "{\"id\":1,\"weight\":1,\"targetingType\":\"%s\",\"isInclude\":true%s}"
        .formatted(type, rest);
  }

  @Override
  public String toString() {
    return """
        {"configuration":{"realTimeUpdate":false,"consentType":"NOT_REQUIRED",
                          "dataApiDomain":"data.kameleoon.io"},
         "customData":%s,"featureFlags":[%s]%s}
        """
        .formatted(customData, String.join(",", features), more);
  }

  /** Writes the data file into a folder, and returns its path. */
  Path in(Path folder) {
    try {
      return Files.writeString(folder.resolve("segmented.json"), toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
