package io.github.kameleoonservlet.kameleoon;

import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * A regular expression of the data file that runs with a budget, before the SDK runs the expression
 * without one. Texts come from requests, so an expression that backtracks would block the request.
 * Immutable and thread-safe.
 */
final class RegularExpression {

  /** The characters that may be read for one condition: about half a millisecond. */
  static final int BUDGET = 100_000;

  /** A part that cannot repeat, between two texts of any length: linear. */
  private static final Pattern HARMLESS =
      Pattern.compile("\\^?(?:\\.\\*)?(?:[^\\\\*+?{(|\\[)^]|\\\\[^A-Za-z0-9])*+");

  private static final String ANY_END = ".*";

  private final boolean harmless;
  private final @Nullable Pattern pattern;

  private RegularExpression(boolean harmless, @Nullable Pattern pattern) {
    this.harmless = harmless;
    this.pattern = pattern;
  }

  /** Compiles an expression; an expression that is invalid in Java is never affordable. */
  static RegularExpression of(String expression) {
    try {
      return new RegularExpression(isHarmless(expression), Pattern.compile(expression));
    } catch (PatternSyntaxException e) {
      return new RegularExpression(false, null);
    }
  }

  private static boolean isHarmless(String expression) {
    String text =
        expression.endsWith("$") ? expression.substring(0, expression.length() - 1) : expression;
    text = text.endsWith(ANY_END) ? text.substring(0, text.length() - ANY_END.length()) : text;
    return HARMLESS.matcher(text).matches();
  }

  /** Returns whether the expression is valid in Java. */
  boolean isReadable() {
    return pattern != null;
  }

  /** Returns whether matching all these texts stays within the budget. */
  boolean isAffordable(Collection<String> texts) {
    if (pattern == null || harmless) {
      return pattern != null;
    }
    Budget budget = new Budget();
    try {
      for (String text : texts) {
        pattern.matcher(new Metered(text, budget)).matches();
      }
      return true;
    } catch (OverBudget | StackOverflowError e) {
      // java.util.regex recurses for each repetition of a group.
      return false;
    }
  }

  /** Returns whether the whole text matches; false if the match exceeds the budget. */
  boolean matches(String text) {
    return pattern != null && isAffordable(List.of(text)) && pattern.matcher(text).matches();
  }

  private static final class Budget {
    private int left = BUDGET;
  }

  /** Ends a match; without a stack trace, because requests throw it. */
  private static final class OverBudget extends RuntimeException {
    private static final long serialVersionUID = 1L;

    OverBudget() {
      super(null, null, false, false);
    }
  }

  /** A text that counts the characters that are read. */
  private record Metered(String text, Budget budget) implements CharSequence {

    @Override
    public char charAt(int index) {
      if (--budget.left < 0) {
        throw new OverBudget();
      }
      return text.charAt(index);
    }

    @Override
    public int length() {
      return text.length();
    }

    @Override
    public CharSequence subSequence(int start, int end) {
      return new Metered(text.substring(start, end), budget);
    }

    @Override
    public String toString() {
      return text;
    }
  }
}
