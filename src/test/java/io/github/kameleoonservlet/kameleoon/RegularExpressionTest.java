package io.github.kameleoonservlet.kameleoon;

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
  void expression_ofARealSegment_isAffordable(String expression) {
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
  void expression_thatBacktracks_isNotAffordable(String expression) {
    assertThat(RegularExpression.of(expression).isAffordable(List.of(LONG))).isFalse();
    assertThat(RegularExpression.of(expression).matches(LONG)).isFalse();
  }

  @Test
  void budget_severalTextsOfACondition_isShared() {
    RegularExpression expression = RegularExpression.of("[a-z]+!");
    String text = "a".repeat(1_000);

    assertThat(expression.isAffordable(Collections.nCopies(10, text))).isTrue();
    assertThat(expression.isAffordable(Collections.nCopies(1_000, text))).isFalse();
  }

  @Test
  void matches_anyText_agreesWithThePattern() {
    for (String text : List.of("cart", "/cart", "/cart/2", "")) {
      for (String expression : List.of("cart", ".*cart.*", "/cart(/[0-9])?", "^/cart$")) {
        assertThat(RegularExpression.of(expression).matches(text))
            .isEqualTo(Pattern.matches(expression, text));
      }
    }
  }

  @Test
  void expression_invalidInJava_isNotAffordable() {
    RegularExpression expression = RegularExpression.of("(unclosed");

    assertThat(expression.isReadable()).isFalse();
    assertThat(expression.isAffordable(List.of("text"))).isFalse();
    assertThat(expression.matches("text")).isFalse();
  }
}
