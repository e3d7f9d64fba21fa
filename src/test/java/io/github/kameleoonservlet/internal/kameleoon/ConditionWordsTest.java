package io.github.kameleoonservlet.internal.kameleoon;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConditionWordsTest {

  private static Map<String, String> fields(String text) {
    return text == null
        ? Map.of()
        : Arrays.stream(text.split(" "))
            .map(field -> field.split("="))
            .collect(Collectors.toMap(field -> field[0], field -> field[1]));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "PAGE_URL      | url=/a matchType=EXACT                            | page URL is \"/a\"",
        "PAGE_URL      | url=/a matchType=REGULAR_EXPRESSION               | page URL matches \"/a\"",
        "PAGE_VIEWS    | pageCount=3 matchType=LOWER                       | page views < 3",
        "VISITS        | visitCount=3 matchType=EQUAL                      | visits = 3",
        "CUSTOM_DATUM  | customDataIndex=2 valueMatchType=TRUE             | custom data 2 is true",
        "CUSTOM_DATUM  | customDataIndex=2 value=x valueMatchType=TRUE     | custom data 2 is true",
        "CUSTOM_DATUM  | customDataIndex=2 valueMatchType=FALSE            | custom data 2 is false",
        "CUSTOM_DATUM  | customDataIndex=2 value=x valueMatchType=FALSE    | custom data 2 is false",
        "CUSTOM_DATUM  | customDataIndex=2 value=[1] valueMatchType=AMONG_VALUES"
            + " | custom data 2 is one of [1]",
        "COOKIE        | name=a nameMatchType=CONTAINS value=b valueMatchType=EXACT"
            + " | cookie whose name contains \"a\" is \"b\"",
        "BROWSER       | browser=CHROME                                    | browser is CHROME",
        "GEOLOCATION   | city=Paris                                        | place is Paris",
      })
  void words_knownFields_areReadable(String kind, String fields, String words) {
    assertThat(ConditionWords.of(kind, fields(fields))).isEqualTo(words);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "PAGE_URL      |",
        "PAGE_URL      | url=/a",
        "PAGE_URL      | matchType=EXACT",
        "PAGE_URL      | url=/a matchType=SOUNDS_LIKE",
        "BROWSER       |",
        "BROWSER       | browser=CHROME version=3",
        "COOKIE        | name=a value=b valueMatchType=EXACT",
        "COOKIE        | name=a nameMatchType=EXACT value=b",
        "GEOLOCATION   |",
        "CUSTOM_DATUM  | value=b valueMatchType=EXACT",
        "CONVERSIONS   |",
        "TAMAGOTCHI    | name=a",
      })
  void words_otherFields_areThoseOfTheDataFile(String kind, String fields) {
    assertThat(ConditionWords.of(kind, fields(fields))).isNull();
  }
}
