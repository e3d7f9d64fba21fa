package io.github.kameleoonservlet.benchmark;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;

/** The sample's data file with ten copies of its first experiment, and one more with a segment. */
final class BenchmarkDataFile {

  /** The number of features, for pages that read as many. */
  static final int FEATURES = 10;

  static final String SEGMENTED = "segmented";

  /** A segment that every request of the benchmark meets. */
  private static final String SEGMENT =
      """
      {"id":"1","conditionsData":{"firstLevelOrOperators":[],"firstLevel":[{
        "orOperators":[false,false,false],"conditions":[
        {"id":1,"targetingType":"PAGE_URL","isInclude":true,"url":"/page","matchType":"CONTAINS"},
        {"id":2,"targetingType":"DEVICE_TYPE","isInclude":false,"device":"PHONE"},
        {"id":3,"targetingType":"BROWSER","isInclude":false,"browser":"FIREFOX"},
        {"id":4,"targetingType":"COOKIE","isInclude":true,"name":"theme","nameMatchType":"EXACT",
         "value":"dark","valueMatchType":"EXACT"}]}]}}""";

  private static final Path SAMPLE =
      Path.of("webapp-sample/src/main/webapp/WEB-INF/kameleoon-data-file.json");

  private BenchmarkDataFile() {}

  /** Returns the key of one of the features without a segment. */
  static String feature(int index) {
    return "feature-" + index;
  }

  /** Writes the file, and returns its path. */
  static Path write(Path directory) throws IOException {
    try (JsonReader reader = Json.createReader(new StringReader(Files.readString(SAMPLE)))) {
      JsonObject all = reader.readObject();
      String first = all.getJsonArray("featureFlags").get(0).toString();
      JsonArrayBuilder flags = Json.createArrayBuilder();
      for (int i = 0; i < FEATURES; i++) {
        // The ids end in 101 and begin with different digits.
        flags.add(flag(first.replace("spring-offer", feature(i)).replace("101", "20" + i)));
      }
      flags.add(
          flag(
              first
                  .replace("spring-offer", SEGMENTED)
                  .replace("101", "301")
                  .replace("\"segment\":null", "\"segment\":" + SEGMENT)));
      JsonObject ten = Json.createObjectBuilder(all).add("featureFlags", flags).build();
      return Files.writeString(directory.resolve("data-file.json"), ten.toString());
    }
  }

  private static JsonObject flag(String text) {
    try (JsonReader reader = Json.createReader(new StringReader(text))) {
      return reader.readObject();
    }
  }
}
