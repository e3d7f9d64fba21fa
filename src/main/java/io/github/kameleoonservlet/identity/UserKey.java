package io.github.kameleoonservlet.identity;

import java.util.regex.Pattern;

/**
 * Stands for a user in the store, in place of the user's id.
 *
 * @param value 64 lower-case hexadecimal digits; see {@link UserKeys}
 */
public record UserKey(String value) {

  private static final Pattern VALID = Pattern.compile("[0-9a-f]{64}");

  /**
   * Takes a key.
   *
   * @throws IllegalArgumentException when {@code value} is not 64 lower-case hexadecimal digits
   */
  public UserKey {
    if (!VALID.matcher(value).matches()) {
      throw new IllegalArgumentException("a user key is 64 lower-case hexadecimal digits");
    }
  }

  /** Hides the key, so that it reaches no log by accident. */
  @Override
  public String toString() {
    return "UserKey[hidden]";
  }
}
