package io.github.kameleoonservlet.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VisitorCodeTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a",
        "Az09._:@~|+/-",
        "auth0|5f7c8ec7",
        "q83+/x",
        "user@shop.example",
        "nullx",
        "NULL",
        "0"
      })
  void parse_validText_returnsCode(String text) {
    assertThat(VisitorCode.parse(text)).contains(new VisitorCode(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "a b",
        "a=b",
        "\"a\"",
        "<b>",
        "é",
        "a\r\nb",
        "a;b",
        "a,b",
        "a\\b",
        "YWJjZA==",
        "a%20b",
        "\u0000",
        "null",
        "undefined",
        "NaN",
        "true",
        "false",
        "_js_",
        "_js_null",
        "_js__js_",
        "日本"
      })
  void parse_invalidText_isEmpty(String text) {
    assertThat(VisitorCode.parse(text)).isEmpty();
  }

  @Test
  void parse_null_isEmpty() {
    assertThat(VisitorCode.parse(null)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"_js_abc,abc", "_js__js_abc,abc", "abc_js_,abc_js_", "__js_a,__js_a"})
  void parse_scriptPrefix_removesItFromStartOnly(String text, String code) {
    assertThat(VisitorCode.parse(text)).contains(new VisitorCode(code));
  }

  @Test
  void length_isAtMostOneHundred() {
    assertThat(VisitorCode.parse("x".repeat(100))).isPresent();
    assertThat(VisitorCode.parse("x".repeat(101))).isEmpty();
    assertThat(VisitorCode.parse("_js_" + "x".repeat(100))).isPresent();
    assertThat(VisitorCode.parse("x".repeat(1_000_000))).isEmpty();
  }

  @Test
  void constructor_invalidText_namesAllowedFormWithoutText() {
    for (String wrong : new String[] {"<script>", "null", "_js_abc"}) {
      assertThatThrownBy(() -> new VisitorCode(wrong))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("1 to 100")
          .hasMessageNotContaining(wrong);
    }
  }

  @Test
  void draw_manyTimes_returnsDifferentCodesOfSixteenCharacters() {
    Set<VisitorCode> drawn = new HashSet<>();
    SecureRandom random = new SecureRandom();
    StringBuilder all = new StringBuilder();
    for (int i = 0; i < 1_000; i++) {
      VisitorCode code = VisitorCode.random(random);
      assertThat(code.value()).matches("[a-z0-9]{16}");
      drawn.add(code);
      all.append(code.value());
    }
    assertThat(drawn).hasSize(1_000);
    assertThat(all.chars().distinct().count()).isEqualTo(36);
  }

  @Test
  void toString_showsNoCode() {
    assertThat(new VisitorCode("abc123").toString()).doesNotContain("abc123");
  }

  @Test
  void equals_sameText_isTrue() {
    VisitorCode code = new VisitorCode("abc");

    assertThat(code).isEqualTo(new VisitorCode("abc")).hasSameHashCodeAs(new VisitorCode("abc"));
    assertThat(code).isNotEqualTo(new VisitorCode("abd")).isNotEqualTo("abc");
    assertThat(code).doesNotHaveSameHashCodeAs(new VisitorCode("abd"));
    assertThat(code).hasToString("VisitorCode[hidden]");
  }
}
