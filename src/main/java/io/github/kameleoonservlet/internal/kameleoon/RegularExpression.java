package io.github.kameleoonservlet.internal.kameleoon;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * A regular expression of the data file that runs with a budget, before the SDK runs the expression
 * without one. Texts come from requests, so an expression that backtracks would block the request.
 * Immutable and thread-safe.
 */
final class RegularExpression {

  /** The least number of characters that may be looked at for one condition. */
  static final int BUDGET = 100_000;

  /** The largest number, about ten milliseconds. */
  static final int MAX_BUDGET = 2_000_000;

  /** An expression of alternatives looks at each character once for each of them. */
  private static final int TIMES = 4;

  private static final int MAX_LENGTH = 4_000;
  private static final long MAX_REPETITIONS = 1_000;

  /** A part that cannot repeat, between two texts of any length: linear. */
  private static final Pattern HARMLESS =
      Pattern.compile("\\^?(?:\\.\\*)?(?:[^\\\\*+?{(|\\[)^]|\\\\[^A-Za-z0-9])*+");

  private static final String ANY_END = ".*";

  private final boolean harmless;
  private final @Nullable Pattern pattern;
  private final boolean readable;

  private RegularExpression(boolean harmless, @Nullable Pattern pattern, boolean readable) {
    this.harmless = harmless;
    this.pattern = pattern;
    this.readable = readable;
  }

  /** Compiles an expression; one that Java cannot read, or that is too large, is not affordable. */
  static RegularExpression of(String expression) {
    if (expression.length() > MAX_LENGTH || repetitions(expression) > MAX_REPETITIONS) {
      return new RegularExpression(false, null, true);
    }
    try {
      return new RegularExpression(isHarmless(expression), Pattern.compile(expression), true);
    } catch (PatternSyntaxException e) {
      return new RegularExpression(false, null, false);
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
    return readable;
  }

  /**
   * Returns an upper bound of how often counted repetitions, also nested ones, make the engine try
   * a part: these tries need not look at the text, so that the budget does not see them.
   */
  private static long repetitions(String expression) {
    Deque<Long> outer = new ArrayDeque<>();
    long sum = 0;
    long last = 1;
    for (int i = 0; i < expression.length(); i++) {
      char c = expression.charAt(i);
      if (c == '(') {
        outer.push(sum);
        sum = 0;
      } else if (c == ')') {
        last = Math.max(1, sum);
        sum = Math.min(MAX_REPETITIONS + 1, (outer.isEmpty() ? 0 : outer.pop()) + sum);
      } else if (c == '{') {
        int end = expression.indexOf('}', i);
        long times = count(expression.substring(i + 1, end < 0 ? expression.length() : end));
        sum = Math.min(MAX_REPETITIONS + 1, sum + last * times);
        i = end < 0 ? expression.length() : end;
        last = 1;
      } else {
        i += c == '\\' ? 1 : 0;
        last = 1;
      }
    }
    return sum;
  }

  /** Returns the larger number of {@code 2}, {@code 2,} or {@code 2,5}; 0 for another text. */
  private static long count(String text) {
    long largest = 0;
    long number = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      number = c >= '0' && c <= '9' ? Math.min(MAX_REPETITIONS + 1, number * 10 + c - '0') : 0;
      largest = Math.max(largest, number);
    }
    return largest;
  }

  /** Returns whether matching all these texts stays within the budget. */
  boolean isAffordable(Collection<String> texts) {
    if (pattern == null || harmless) {
      return pattern != null;
    }
    Budget budget = new Budget(budget(texts, pattern.pattern().length()));
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

  /** Returns whether a text matches wholly, of texts that are affordable. */
  boolean matchesAffordable(String text) {
    return pattern != null && pattern.matcher(text).matches();
  }

  private static long budget(Collection<String> texts, int length) {
    long characters = texts.stream().mapToLong(String::length).sum();
    return Math.min(MAX_BUDGET, Math.max(BUDGET, TIMES * characters * length));
  }

  private static final class Budget {
    private long left;

    Budget(long left) {
      this.left = left;
    }
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
