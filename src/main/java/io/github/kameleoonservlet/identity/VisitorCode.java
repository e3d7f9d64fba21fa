package io.github.kameleoonservlet.identity;

import java.security.SecureRandom;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Names one visitor on all of Kameleoon's platforms.
 *
 * <p>Valid are 1 to 100 of the {@link #CHARACTERS}, except the words that a careless script writes
 * if it has no value. The maximum is 100 because the platform's erasure ({@code POST
 * /visit/forget}) accepts no more, although the Java SDK 4.5.0 accepts 255. The characters are
 * those that a cookie can contain without quotes and that all SDKs read back unchanged; not {@code
 * =}, at which the JavaScript SDK 4.17.1 cuts a cookie's value. A code is no credential, but it is
 * personal: {@link #toString()} does not show it.
 *
 * @param value the text of the code, without the prefix {@code _js_}
 */
public record VisitorCode(String value) {

  /** The most characters that a code may have. */
  public static final int MAX_LENGTH = 100;

  /** The characters of a code, for messages. */
  public static final String CHARACTERS = "A-Z a-z 0-9 . _ : @ ~ | + / -";

  /**
   * The form of a code as a regular expression of Java and, if the {@code /} is escaped, of
   * JavaScript. The words for no value also match.
   */
  public static final String FORM = "[A-Za-z0-9._:@~|+/-]{1," + MAX_LENGTH + "}";

  private static final String SIGNS = "._:@~|+/-";
  private static final Set<String> NO_VALUE = Set.of("null", "undefined", "NaN", "true", "false");
  private static final String SCRIPT_PREFIX = "_js_";
  private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz0123456789";
  private static final int DRAWN_LENGTH = 16;

  /** The values of a byte below this one stand for each character equally often. */
  private static final int FAIR = 256 - 256 % ALPHABET.length();

  /** Replaces bytes that are not below {@link #FAIR}, of which there is one in 64. */
  private static final int SPARE = 4;

  /**
   * Takes a valid code.
   *
   * @throws IllegalArgumentException when {@code value} is not valid; the message does not repeat
   *     it
   */
  public VisitorCode {
    if (!isValid(value) || value.startsWith(SCRIPT_PREFIX)) {
      throw new IllegalArgumentException(
          "not a visitor code: 1 to " + MAX_LENGTH + " of " + CHARACTERS + " are allowed");
    }
  }

  /**
   * Reads a code as a browser or an app brings it, and drops every leading {@code _js_}, which old
   * versions of engine.js put there.
   *
   * @return the code, or empty when the text is null or not valid
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

  /** Tests {@link #FORM} without a regular expression, because every request needs it. */
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
   * Draws a new code of 16 characters out of {@code a-z 0-9}, as the SDKs do, by no generator whose
   * next one could be guessed.
   */
  public static VisitorCode draw(SecureRandom random) {
    StringBuilder code = new StringBuilder(DRAWN_LENGTH);
    byte[] bytes = new byte[DRAWN_LENGTH + SPARE];
    while (code.length() < DRAWN_LENGTH) {
      // All bytes at once: each call of the generator takes its lock.
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
   * Compares the texts. By hand: the equals of a record is linked through a static handle of the
   * JDK that keeps the record's class, and with it an undeployed web application, alive
   * (java.lang.runtime.ObjectMethods on Java 17; JDK-8078641).
   */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof VisitorCode code && value.equals(code.value);
  }

  @Override
  public int hashCode() {
    return value.hashCode();
  }

  /** Hides the code, so that it reaches no log by accident. */
  @Override
  public String toString() {
    return "VisitorCode[hidden]";
  }
}
