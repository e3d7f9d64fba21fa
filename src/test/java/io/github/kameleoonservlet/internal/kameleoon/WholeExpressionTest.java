package io.github.kameleoonservlet.internal.kameleoon;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WholeExpressionTest {

  private static final List<String> VALUES =
      List.of(
          "", "x", "axb", "xx", "a", "b", "ab", "https://shop.example/x?step=checkout", "$", ".");

  @ParameterizedTest
  @ValueSource(
      strings = {
        ".*x.*",
        "^x$",
        "^.*x.*$",
        ".*x$",
        "^x.*",
        "^(a|b)$",
        "^a$|^b$",
        "(^a$|.*b.*)",
        "(?i)^x$",
        "(?:.*x.*)",
        "[\\s\\S]*x[\\s\\S]*",
        ".+x.+",
        "^[|]$",
        "^\\Qa|b\\E$",
        "\\Ax\\z",
        "(.*)x(.*)"
      })
  void expression_anchoredAtBothEnds_matchesSameWhole(String expression) {
    assertThat(WholeExpression.test(expression)).isTrue();
    Pattern pattern = Pattern.compile(expression);
    for (String value : VALUES) {
      assertThat(pattern.matcher(value).matches())
          .as(value)
          .isEqualTo(pattern.matcher(value).find());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "x",
        "step=check",
        "^x",
        "x$",
        ".*x",
        "x.*",
        "^a|b$",
        "^x\\$",
        "^x\\.*",
        "(^a)|(b$)",
        "(x)",
        "(^x)(x$)?"
      })
  void expression_openAtOneEnd_isPartial(String expression) {
    assertThat(WholeExpression.test(expression)).isFalse();
  }
}
