package io.github.kameleoonservlet.installer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTextTest {

  @Test
  void text_isReadAsMapsAndLists() {
    assertThat(JsonText.parse(" {\"a\": [1, -2.5e+3, true, null, \"x\\\"\\u00e9\"], \"b\": {}} "))
        .isEqualTo(
            Map.of(
                "a", List.of("1", "-2.5e+3", "true", "null", "\"x\\\"\\u00e9\""),
                "b", Map.of()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "{\"a\"}",
        "{\"a\":}",
        "{\"a\":1,}",
        "[1 2]",
        "[1,]",
        "01",
        "1.",
        "+1",
        "'a'",
        "\"a",
        "\"a\nb\"",
        "\"\\x\"",
        "tru",
        "{} {}",
        "{a: 1}",
        "NaN"
      })
  void otherText_isNoJson(String text) {
    assertThatThrownBy(() -> JsonText.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("line ");
  }

  @Test
  void deepText_isNoJson() {
    assertThatThrownBy(() -> JsonText.parse("[".repeat(1_000_000)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void longString_isRead() {
    String text = "\"" + "\\n".repeat(1_000_000) + "\"";

    assertThat(JsonText.parse(text)).isEqualTo(text);
  }

  @Test
  void dataFileOfTheSample_isRead() throws IOException {
    Path file = Path.of("../../webapp-sample/src/main/webapp/WEB-INF/kameleoon-data-file.json");

    assertThat(JsonText.parse(Files.readString(file)))
        .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.MAP)
        .containsKeys("configuration", "featureFlags");
  }
}
