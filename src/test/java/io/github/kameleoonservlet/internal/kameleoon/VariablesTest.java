package io.github.kameleoonservlet.internal.kameleoon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class VariablesTest {

  /** A JSON value of another API, of which only the text is known. */
  private record Json(String text) {
    @Override
    public String toString() {
      return text;
    }
  }

  static Stream<Arguments> literals() {
    return Stream.of(
        Arguments.of("null", null),
        Arguments.of("true", true),
        Arguments.of("false", false),
        Arguments.of("0", 0),
        Arguments.of("-7", -7),
        Arguments.of("2147483648", 2_147_483_648L),
        Arguments.of("9223372036854775808", new BigInteger("9223372036854775808")),
        Arguments.of("1.5", 1.5),
        Arguments.of("1E+3", 1000.0),
        Arguments.of("-2e-2", -0.02),
        Arguments.of("\"\"", ""),
        Arguments.of("\"null\"", "null"),
        Arguments.of("\"a \\\"b\\\" \\\\ \\/ \\b\\f\\n\\r\\t\"", "a \"b\" \\ / \b\f\n\r\t"),
        Arguments.of("\"\\u0041\\u00e9\\ud83e\\udd8ez\"", "A\u00e9\ud83e\udd8ez"),
        Arguments.of("\"\ud83e\udd8e\"", "\ud83e\udd8e"));
  }

  @ParameterizedTest
  @MethodSource("literals")
  void plain_jsonLiteral_isJavaValue(String text, Object value) {
    assertThat(Variables.plain(Map.of("v", new Json(text))).get("v")).isEqualTo(value);
    assertThat(Variables.plain(Map.of("v", List.of(new Json(text)))).get("v"))
        .isEqualTo(java.util.Collections.singletonList(value));
  }

  @Test
  void plain_result_cannotBeChanged() {
    Map<String, Object> plain = Variables.plain(Map.of("v", List.of(1), "m", Map.of("a", 1)));
    assertThatThrownBy(() -> plain.put("x", 1)).isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> ((List<?>) plain.get("v")).remove(0))
        .isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> ((Map<?, ?>) plain.get("m")).clear())
        .isInstanceOf(UnsupportedOperationException.class);
  }
}
