package io.github.kameleoonservlet.identity;

import java.security.SecureRandom;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The code of one visitor on all of Kameleoon's platforms. Immutable.
 *
 * <p>A code has 1 to 100 characters: the letters {@code A-Z} and {@code a-z}, the digits {@code
 * 0-9}, and {@code . _ : @ ~ | + / -}. A code is none of the words {@code null}, {@code undefined},
 * {@code NaN}, {@code true} and {@code false}, which scripts write in place of a missing value. The
 * platform's erasure ({@code POST /visit/forget}) accepts at most 100 characters; the Java SDK
 * 4.5.0 accepts 255. A cookie can contain the characters without quotes, and all SDKs read them
 * back unchanged. The character {@code =} is not allowed, because the JavaScript SDK 4.17.1 cuts a
 * cookie's value at that character. A code is no credential, but it is personal data: {@link
 * #toString()} does not contain it.
 *
 * @param value the text of the code, without the prefix {@code _js_}; never null
 * @since 0.1
 */
public record VisitorCode(String value) {

  /** The maximum length of a code, in characters. */
  public static final int MAX_LENGTH = 100;

  /** The characters of a code as text, for messages to people. */
  public static final String CHARACTERS = "A-Z a-z 0-9 . _ : @ ~ | + / -";

  /**
   * A regular expression for codes, in the syntax of Java and, if the {@code /} is escaped, of
   * JavaScript. It also matches the words that are not allowed.
   */
  public static final String PATTERN = "[A-Za-z0-9._:@~|+/-]{1," + MAX_LENGTH + "}";

  private static final String SIGNS = "._:@~|+/-";
  private static final Set<String> NO_VALUE = Set.of("null", "undefined", "NaN", "true", "false");
  private static final String SCRIPT_PREFIX = "_js_";
  private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz0123456789";
  private static final int DRAWN_LENGTH = 16;

  /** Each character has the same number of byte values below this one. */
  private static final int FAIR = 256 - 256 % ALPHABET.length();

  /** Additional bytes, because one in 64 is not below {@link #FAIR}. */
  private static final int SPARE = 4;

  /**
   * Creates a code.
   *
   * @throws IllegalArgumentException if {@code value} is not valid; the message does not contain
   *     the value
   */
  public VisitorCode {
    if (!isValid(value) || value.startsWith(SCRIPT_PREFIX)) {
      throw new IllegalArgumentException(
          "not a visitor code: 1 to " + MAX_LENGTH + " of " + CHARACTERS + " are allowed");
    }
  }

  /**
   * Parses the code that a browser or an app sends. Removes each leading {@code _js_}, which old
   * versions of engine.js add.
   *
   * @param text the text, or null
   * @return the code; empty if the text is null or not valid
   */
  public static Optional<VisitorCode> parse(@Nullable String text) {
    if (text == null) {
      return Optional.empty();
    }
    int start = 0;
    while (text.startsWith(SCRIPT_PREFIX, start)) {
      start += SCRIPT_PREFIX.length();
    }
    String value = text.substring(start);
    return isValid(value) ? Optional.of(new VisitorCode(value)) : Optional.empty();
  }

  /**
   * Returns whether a text is allowed. Uses no regular expression, because every request needs this
   * check.
   */
  private static boolean isValid(String value) {
    if (value.isEmpty() || value.length() > MAX_LENGTH) {
      return false;
    }
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if ((c < 'a' || c > 'z')
          && (c < '0' || c > '9')
          && (c < 'A' || c > 'Z')
          && SIGNS.indexOf(c) < 0) {
        return false;
      }
    }
    return !NO_VALUE.contains(value);
  }

  /**
   * Creates a random code of 16 characters from {@code a-z 0-9}, as the SDKs do.
   *
   * @param random the generator; a {@code SecureRandom}, because an attacker must not predict a
   *     code
   * @return a new code
   */
  public static VisitorCode random(SecureRandom random) {
    StringBuilder code = new StringBuilder(DRAWN_LENGTH);
    byte[] bytes = new byte[DRAWN_LENGTH + SPARE];
    while (code.length() < DRAWN_LENGTH) {
      // One call, because each call of the generator takes its lock.
      random.nextBytes(bytes);
      for (int i = 0; i < bytes.length && code.length() < DRAWN_LENGTH; i++) {
        int drawn = bytes[i] & 0xff;
        if (drawn < FAIR) {
          code.append(ALPHABET.charAt(drawn % ALPHABET.length()));
        }
      }
    }
    return new VisitorCode(code.toString());
  }

  /**
   * Compares the values.
   *
   * <p>Written by hand: on Java 17 the generated method of a record keeps the class loader of an
   * undeployed web application alive (java.lang.runtime.ObjectMethods, JDK-8078641).
   */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof VisitorCode code && value.equals(code.value);
  }

  @Override
  public int hashCode() {
    return value.hashCode();
  }

  /** Returns a text without the code, so that no log contains it by accident. */
  @Override
  public String toString() {
    return "VisitorCode[hidden]";
  }
}
