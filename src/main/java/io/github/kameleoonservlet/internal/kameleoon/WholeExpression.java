package io.github.kameleoonservlet.internal.kameleoon;

import java.util.ArrayList;
import java.util.List;

/**
 * A test of regular expressions. The web SDK searches for a match within a value, but the Java SDK
 * must match the whole value. The test finds expressions whose results can differ.
 */
final class WholeExpression {

  private static final List<String> BEGINNINGS =
      List.of("^", "\\A", ".*", ".+", "(.*)", "(.+)", "(?:.*)", "(?:.+)", "[\\s\\S]*", "[\\S\\s]*");
  private static final List<String> ENDS =
      List.of(
          "$",
          "\\z",
          "\\Z",
          ".*",
          ".+",
          ".*?",
          ".+?",
          "(.*)",
          "(.+)",
          "(?:.*)",
          "(?:.+)",
          "[\\s\\S]*",
          "[\\S\\s]*");
  private static final String QUANTIFIERS = "*+?{";

  private WholeExpression() {}

  /**
   * Returns true if the results cannot differ: each alternative is anchored or open at both ends.
   */
  static boolean test(String expression) {
    List<String> alternatives = alternatives(expression);
    for (String alternative : alternatives) {
      String inner = ungrouped(alternative);
      boolean whole =
          inner.equals(alternative) ? begins(inner) && ends(inner) : WholeExpression.test(inner);
      if (!whole) {
        return false;
      }
    }
    return true;
  }

  private static boolean begins(String alternative) {
    String rest = alternative.replaceFirst("^\\(\\?[a-z]+\\)", "");
    return BEGINNINGS.stream().anyMatch(rest::startsWith);
  }

  private static boolean ends(String alternative) {
    return ENDS.stream()
        .anyMatch(
            end ->
                alternative.endsWith(end)
                    && !escaped(alternative, alternative.length() - end.length()));
  }

  private static boolean escaped(String text, int at) {
    int backslashes = 0;
    while (at - backslashes > 0 && text.charAt(at - backslashes - 1) == '\\') {
      backslashes++;
    }
    return backslashes % 2 == 1;
  }

  /**
   * Returns the alternatives of an expression: the parts between bars outside groups and classes.
   */
  private static List<String> alternatives(String expression) {
    List<String> found = new ArrayList<>();
    int start = 0;
    Nesting nesting = new Nesting();
    for (int i = 0; i < expression.length(); i = nesting.next(expression, i)) {
      if (expression.charAt(i) == '|' && nesting.isOutside()) {
        found.add(expression.substring(start, i));
        start = i + 1;
      }
    }
    found.add(expression.substring(start));
    return found;
  }

  /** Returns the content of an expression that is one group, otherwise the expression itself. */
  private static String ungrouped(String alternative) {
    boolean capturing = alternative.startsWith("(") && !alternative.startsWith("(?");
    if (!capturing && !alternative.startsWith("(?:")) {
      return alternative;
    }
    Nesting nesting = new Nesting();
    int i = 0;
    do {
      i = nesting.next(alternative, i);
    } while (i < alternative.length() && !nesting.isOutside());
    boolean toTheEnd = i == alternative.length() && alternative.endsWith(")");
    boolean quantified =
        i < alternative.length() && QUANTIFIERS.indexOf(alternative.charAt(i)) >= 0;
    return toTheEnd && !quantified
        ? alternative.substring(capturing ? 1 : "(?:".length(), alternative.length() - 1)
        : alternative;
  }

  /** The groups and classes around a position in an expression. */
  private static final class Nesting {
    private int groups;
    private int classes;

    boolean isOutside() {
      return groups == 0 && classes == 0;
    }

    /**
     * Reads the character at a position, and returns the position behind the character or
     * quotation.
     */
    int next(String text, int at) {
      char c = text.charAt(at);
      if (c == '\\') {
        if (text.startsWith("\\Q", at)) {
          int end = text.indexOf("\\E", at);
          return end < 0 ? text.length() : end + 2;
        }
        return at + 2;
      }
      if (c == '[') {
        classes++;
      } else if (c == ']' && classes > 0) {
        classes--;
      } else if (c == '(' && classes == 0) {
        groups++;
      } else if (c == ')' && classes == 0) {
        groups--;
      }
      return at + 1;
    }
  }
}
