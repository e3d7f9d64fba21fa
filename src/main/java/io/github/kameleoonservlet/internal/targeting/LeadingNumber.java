package io.github.kameleoonservlet.internal.targeting;

import org.jspecify.annotations.Nullable;

/** The number at the beginning of a text, as JavaScript's {@code parseFloat} reads it. */
final class LeadingNumber {

  private LeadingNumber() {}

  /** Returns the number after any blanks; null without a number, or if the number is not finite. */
  static @Nullable Float of(String text) {
    int start = 0;
    while (start < text.length() && isBlank(text.charAt(start))) {
      start++;
    }
    boolean signed = at(text, start) == '-' || at(text, start) == '+';
    int whole = signed ? start + 1 : start;
    int end = endOfFraction(text, whole);
    if (end == whole || (end == whole + 1 && text.charAt(whole) == '.')) {
      return null;
    }
    return parsed(text.substring(start, endOfExponent(text, end)));
  }

  /** Returns the number that begins with the digit at a position, without sign and exponent. */
  static @Nullable Float unsigned(String text, int start) {
    return parsed(text.substring(start, endOfFraction(text, start)));
  }

  static int endOfDigits(String text, int start) {
    int end = start;
    while (isDigit(at(text, end))) {
      end++;
    }
    return end;
  }

  private static int endOfFraction(String text, int start) {
    int end = endOfDigits(text, start);
    return at(text, end) == '.' ? endOfDigits(text, end + 1) : end;
  }

  private static int endOfExponent(String text, int end) {
    if (at(text, end) != 'e' && at(text, end) != 'E') {
      return end;
    }
    char sign = at(text, end + 1);
    int digits = sign == '-' || sign == '+' ? end + 2 : end + 1;
    int last = endOfDigits(text, digits);
    return last > digits ? last : end;
  }

  /** Returns the number, limited to the range of a float, which contains every real version. */
  private static @Nullable Float parsed(String number) {
    double value = Double.parseDouble(number);
    return Double.isInfinite(value)
        ? null
        : (float) Math.max(-Float.MAX_VALUE, Math.min(value, Float.MAX_VALUE));
  }

  static boolean isDigit(char character) {
    return character >= '0' && character <= '9';
  }

  /** Returns whether {@code \s} in a regular expression of JavaScript matches the character. */
  static boolean isBlank(char character) {
    return (character >= '\t' && character <= '\r')
        || character == '\ufeff'
        || Character.isSpaceChar(character);
  }

  private static char at(String text, int index) {
    return index < text.length() ? text.charAt(index) : '\0';
  }
}
