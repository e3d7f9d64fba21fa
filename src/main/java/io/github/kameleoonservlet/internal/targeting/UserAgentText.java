package io.github.kameleoonservlet.internal.targeting;

import org.jspecify.annotations.Nullable;

/** The text of a {@code User-Agent}. Searches for lower-case words ignore the text's case. */
final class UserAgentText {

  private final String original;
  private final String lower;

  UserAgentText(String userAgent) {
    this.original = userAgent;
    this.lower = lowerCase(userAgent);
  }

  /**
   * Returns the text with ASCII letters in lower case. Unicode's rules would turn the Kelvin sign
   * into a k.
   */
  private static String lowerCase(String text) {
    char[] chars = text.toCharArray();
    for (int i = 0; i < chars.length; i++) {
      if (chars[i] >= 'A' && chars[i] <= 'Z') {
        chars[i] = (char) (chars[i] + ('a' - 'A'));
      }
    }
    return new String(chars);
  }

  boolean has(String word) {
    return lower.contains(word);
  }

  boolean hasAny(String... words) {
    for (String word : words) {
      if (has(word)) {
        return true;
      }
    }
    return false;
  }

  /** Returns whether the words follow each other, in this case and with any text between them. */
  boolean hasInOrder(String... words) {
    int from = 0;
    for (String word : words) {
      int at = original.indexOf(word, from);
      if (at < 0) {
        return false;
      }
      from = at + word.length();
    }
    return true;
  }

  /** Returns whether the text names a tablet; "Tablet PC" is a part of Windows. */
  boolean hasTablet() {
    for (int end = after("tablet", 0); end > 0; end = after("tablet", end)) {
      if (!lower.startsWith(" pc", end)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Returns whether the text names a Nexus device.
   *
   * @param tablet true for tablets (7 to 10), false for phones
   */
  boolean hasNexus(boolean tablet) {
    for (int end = after("nexus", 0); end > 0; end = after("nexus", end)) {
      int model = end;
      while (model < lower.length() && isBlank(lower.charAt(model))) {
        model++;
      }
      if (tablet ? isTabletModel(model) : isPhoneModel(charAt(model))) {
        return true;
      }
    }
    return false;
  }

  private boolean isTabletModel(int model) {
    char first = charAt(model);
    return (first >= '7' && first <= '9') || lower.startsWith("10", model);
  }

  private static boolean isPhoneModel(char first) {
    return first >= '0' && first <= '6';
  }

  /** Returns whether the text contains "mobi" after a character that is no hyphen. */
  boolean hasMobile() {
    for (int at = lower.indexOf("mobi", 1); at > 0; at = lower.indexOf("mobi", at + 1)) {
      if (lower.charAt(at - 1) != '-') {
        return true;
      }
    }
    return false;
  }

  /**
   * Returns the first version that directly follows one of the words: at least two digits, with a
   * point or an underscore between them or none. "Chrome/7" has no version, "Chrome/7.0" has one.
   */
  @Nullable Float versionAfter(String... words) {
    return versionAfter(false, words);
  }

  /** Returns the first version that follows one of the words and a slash or a blank. */
  @Nullable Float versionAfterName(String... words) {
    return versionAfter(true, words);
  }

  private @Nullable Float versionAfter(boolean separator, String... words) {
    int first = Integer.MAX_VALUE;
    for (String word : words) {
      for (int end = after(word, 0); end > 0; end = after(word, end)) {
        int start = separator ? end + 1 : end;
        if ((!separator || isSeparator(end)) && isVersion(start)) {
          first = Math.min(first, start);
          break;
        }
      }
    }
    return first == Integer.MAX_VALUE ? null : LeadingNumber.unsigned(lower, first);
  }

  /** Returns the version of Googlebot, which has digits on both sides of a point. */
  @Nullable Float versionWithPointAfter(String word) {
    for (int end = after(word, 0); end > 0; end = after(word, end)) {
      int point = LeadingNumber.endOfDigits(lower, end);
      if (point > end && charAt(point) == '.' && isDigit(point + 1)) {
        return LeadingNumber.unsigned(lower, end);
      }
    }
    return null;
  }

  /** Returns the number after the first of the words that a slash or a blank follows. */
  @Nullable Float numberAfterName(String... words) {
    int first = Integer.MAX_VALUE;
    for (String word : words) {
      for (int end = after(word, 0); end > 0; end = after(word, end)) {
        if (isSeparator(end) && end + 1 < lower.length() && !isBlank(lower.charAt(end + 1))) {
          first = Math.min(first, end + 1);
          break;
        }
      }
    }
    return first == Integer.MAX_VALUE ? null : LeadingNumber.of(lower.substring(first));
  }

  /**
   * Returns the version of a browser without a known name: the number after the last slash before a
   * comment, or without a comment before the last blank.
   */
  @Nullable Float lastProductVersion() {
    int end = lower.lastIndexOf(' ');
    if (has("(")) {
      end = Math.max(lower.lastIndexOf(" ("), lower.lastIndexOf("\t("));
    }
    int slash = end < 0 ? -1 : lower.lastIndexOf('/', end);
    return slash < 0 ? null : LeadingNumber.of(lower.substring(slash + 1, end));
  }

  private int after(String word, int from) {
    int at = lower.indexOf(word, from);
    return at < 0 ? -1 : at + word.length();
  }

  private boolean isVersion(int at) {
    if (!isDigit(at)) {
      return false;
    }
    int next = at + 1;
    if (charAt(next) == '.') {
      next++;
    }
    if (charAt(next) == '_') {
      next++;
    }
    return isDigit(next);
  }

  private boolean isSeparator(int at) {
    return at < lower.length() && (lower.charAt(at) == '/' || isBlank(lower.charAt(at)));
  }

  private boolean isDigit(int at) {
    return LeadingNumber.isDigit(charAt(at));
  }

  private char charAt(int at) {
    return at < lower.length() ? lower.charAt(at) : '\0';
  }

  private static boolean isBlank(char character) {
    return LeadingNumber.isBlank(character);
  }
}
