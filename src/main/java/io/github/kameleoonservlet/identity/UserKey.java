package io.github.kameleoonservlet.identity;

import org.jspecify.annotations.Nullable;

/**
 * Stands for a user in the store, in place of the user's id.
 *
 * @param value 64 lower-case hexadecimal digits; SHA-256 or HMAC-SHA-256 of the id
 */
public record UserKey(String value) {

  private static final int LENGTH = 64;

  /**
   * Takes a key.
   *
   * @throws IllegalArgumentException when {@code value} is not 64 lower-case hexadecimal digits
   */
  public UserKey {
    if (!isValid(value)) {
      throw new IllegalArgumentException("a user key is 64 lower-case hexadecimal digits");
    }
  }

  private static boolean isValid(String value) {
    if (value.length() != LENGTH) {
      return false;
    }
    for (int i = 0; i < LENGTH; i++) {
      char c = value.charAt(i);
      if ((c < '0' || c > '9') && (c < 'a' || c > 'f')) {
        return false;
      }
    }
    return true;
  }

  /**
   * Compares the texts. By hand: the equals of a record is linked through a static handle of the
   * JDK that keeps the record's class, and with it an undeployed web application, alive
   * (java.lang.runtime.ObjectMethods on Java 17; JDK-8078641).
   */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof UserKey key && value.equals(key.value);
  }

  @Override
  public int hashCode() {
    return value.hashCode();
  }

  /** Hides the key, so that it reaches no log by accident. */
  @Override
  public String toString() {
    return "UserKey[hidden]";
  }
}
