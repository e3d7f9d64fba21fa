package io.github.kameleoonservlet.kameleoon;

import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * Tries a regular expression of the data file with a budget, before the SDK runs it without one.
 * Texts come from requests, so that an expression that backtracks would hold the request. Immutable
 * and thread-safe.
 */
final class RegularExpression {

  /** The characters that may be looked at for one condition: about half a millisecond. */
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

  /** Compiles an expression; one that Java cannot read is never affordable. */
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

  /** Returns whether Java can read the expression. */
  boolean isReadable() {
    return pattern != null;
  }

  /** Returns whether the expression decides about all these texts within the budget. */
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

  /** Returns whether a text matches wholly; false if that is not affordable. */
  boolean matches(String text) {
    return pattern != null && isAffordable(List.of(text)) && pattern.matcher(text).matches();
  }

  private static final class Budget {
    private int left = BUDGET;
  }

  /** Ends a match; carries nothing, because it is thrown on the requests' way. */
  private static final class OverBudget extends RuntimeException {
    private static final long serialVersionUID = 1L;

    OverBudget() {
      super(null, null, false, false);
    }
  }

  /** A text that counts how often it is looked at. */
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
