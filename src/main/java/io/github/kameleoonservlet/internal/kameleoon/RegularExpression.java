package io.github.kameleoonservlet.internal.kameleoon;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * A regular expression of the data file with a budget of character reads. The library matches with
 * the budget first, because the SDK matches without a budget: a text of a request could make an
 * expression backtrack, and block the request. Immutable and thread-safe.
 */
final class RegularExpression {

  /** The minimum budget of one condition, in character reads. */
  static final int BUDGET = 100_000;

  /** The maximum budget of one condition, in character reads: about ten milliseconds. */
  static final int MAX_BUDGET = 2_000_000;

  /**
   * A factor of the budget, because an expression with alternatives reads characters several times.
   */
  private static final int TIMES = 4;

  private static final int MAX_LENGTH = 4_000;
  private static final long MAX_REPETITIONS = 1_000;

  /**
   * Expressions that take linear time: a part without repetition, with {@code .*} around at most.
   */
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

  /**
   * Compiles an expression. An invalid or too large expression is never {@linkplain #isAffordable
   * affordable}.
   */
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

  /** Returns whether the expression is valid in Java, or was not compiled because of its size. */
  boolean isReadable() {
    return readable;
  }

  /**
   * Returns an upper bound for the tries that counted repetitions, including nested ones, cause.
   * These tries need not read a character, so that the budget does not count them.
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
      // java.util.regex matches the repetition of a group by recursion.
      return false;
    }
  }

  /** Returns whether the whole text matches. Call {@link #isAffordable} with this text first. */
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

  /** The end of a match over budget. Without a stack trace, because requests can cause it often. */
  private static final class OverBudget extends RuntimeException {
    private static final long serialVersionUID = 1L;

    OverBudget() {
      super(null, null, false, false);
    }
  }

  /** A text that counts the reads of its characters. */
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
