package io.github.kameleoonservlet.internal.kameleoon;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RegularExpressionTest {

  private static final String LONG = "https://shop.example/" + "a".repeat(8_000);

  @ParameterizedTest
  @ValueSource(
      strings = {
        ".*checkout.*",
        "https://shop\\.example/.*",
        "^.*a$",
        "a.*b.*c",
        "[a-z:/.]+",
        ".*"
      })
  void expression_ofRealSegment_isAffordable(String expression) {
    assertThat(RegularExpression.of(expression).isAffordable(List.of(LONG, "", "short"))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        ".*(a+)+b",
        ".*a.*a.*a.*b",
        "(.|\\n)*b",
        ".*a.*b.*",
        ".*(.*a.*){20}b",
        "(?:a?){30}a{30}b.*|.*(x+x+)+y|.*(a*)*b"
      })
  void expression_backtracking_isNotAffordable(String expression) {
    assertThat(RegularExpression.of(expression).isAffordable(List.of(LONG))).isFalse();
  }

  /** Attempts that read no character take time as well. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "(?=){300000000}.*",
        "(?:^){2000000000}.*",
        "(?:(?=){20000}.)*",
        "((a{50}){50}){50}",
        "((?=){1,2000})x",
        "(?=){99999999999999999999}"
      })
  void expression_withManyRepetitions_isNotAffordable(String expression) {
    assertThat(RegularExpression.of(expression).isAffordable(List.of("http://h/x"))).isFalse();
  }

  @Test
  void expression_withFewRepetitions_isAffordable() {
    String uuid = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}";

    assertThat(RegularExpression.of(uuid).matchesAffordable("123e4567-e89b-12d3-a456-426614174000"))
        .isTrue();
    assertThat(RegularExpression.of("(ab{2,3}){1,3}\\{").matchesAffordable("abbabbb{")).isTrue();
  }

  @Test
  void expression_long_isNotAffordable() {
    assertThat(RegularExpression.of("a".repeat(4_000)).isAffordable(List.of("a"))).isTrue();
    assertThat(RegularExpression.of("a".repeat(4_001)).isAffordable(List.of("a"))).isFalse();
  }

  @Test
  void budget_severalTextsOfCondition_isShared() {
    RegularExpression expression = RegularExpression.of("[a-z]+!");
    String text = "a".repeat(1_000);

    assertThat(expression.isAffordable(Collections.nCopies(10, text))).isTrue();
    assertThat(expression.isAffordable(Collections.nCopies(4_000, text))).isFalse();
  }

  @Test
  void matches_anyText_agreesWithPattern() {
    for (String text : List.of("cart", "/cart", "/cart/2", "")) {
      for (String expression : List.of("cart", ".*cart.*", "/cart(/[0-9])?", "^/cart$")) {
        assertThat(RegularExpression.of(expression).matchesAffordable(text))
            .isEqualTo(Pattern.matches(expression, text));
      }
    }
  }

  @Test
  void expression_invalidInJava_isNotAffordable() {
    RegularExpression expression = RegularExpression.of("(unclosed");

    assertThat(expression.isReadable()).isFalse();
    assertThat(expression.isAffordable(List.of("text"))).isFalse();
    assertThat(expression.matchesAffordable("text")).isFalse();
  }
}
