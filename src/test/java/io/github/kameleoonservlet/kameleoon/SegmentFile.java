package io.github.kameleoonservlet.kameleoon;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Writes data files of flags with segments. */
final class SegmentFile {

  private final List<String> flags = new ArrayList<>();
  private int id = 100;

  /** Adds a flag that is {@code on} for every visitor who meets one condition. */
  SegmentFile flag(String key, String condition) {
    return segment(key, List.of(), List.of(condition));
  }

  /**
   * Adds a flag with a segment. Its id is a text: SDK 4.5.0 does not find a segment by a number.
   *
   * @param or the operators between the conditions: true is an or
   */
  SegmentFile segment(String key, List<Boolean> or, List<String> conditions) {
    List<String> numbered = new ArrayList<>();
    for (String condition : conditions) {
      numbered.add("{\"id\":" + id++ + ",\"weight\":1," + condition.substring(1));
    }
    return rule(
        key,
        """
        {"id":"%d","conditionsData":{"firstLevelOrOperators":[],"firstLevel":[
          {"orOperators":%s,"conditions":[%s]}]}}"""
            .formatted(id++, or, String.join(",", numbered)));
  }

  /** Adds a flag whose one rule has a segment. */
  SegmentFile rule(String key, String segment) {
    int number = id++;
    flags.add(
        """
        {"id":%1$d,"featureKey":"%2$s","environmentEnabled":true,"defaultVariationKey":"off",
         "variations":[{"key":"off","name":"off","variables":[]},
                       {"key":"on","name":"on","variables":[]}],
         "rules":[{"id":%1$d,"order":0,"type":"EXPERIMENTATION","exposition":1.0,
           "experimentId":%1$d,"respoolTime":null,"segment":%3$s,
           "variationByExposition":[{"variationKey":"on","variationId":%1$d,"exposition":1.0}]}]}"""
            .formatted(number, key, segment));
    return this;
  }

  /** Returns the data file. */
  String json() {
    return """
        {"configuration":{"realTimeUpdate":false,"consentType":"NOT_REQUIRED",
           "dataApiDomain":"data.kameleoon.io","consentOptOutBehavior":"PARTIALLY_BLOCK"},
         "customData":[{"id":1,"index":1,"name":"membership","localOnly":false,
           "isMappingIdentifier":false,"scope":"VISITOR"}],
         "featureFlags":[%s]}"""
        .formatted(String.join(",", flags));
  }

  /** Writes the data file into a folder. */
  Path in(Path folder) throws IOException {
    return Files.writeString(folder.resolve("segments.json"), json());
  }
}
