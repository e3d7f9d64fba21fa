package io.github.kameleoonservlet.identity;

import org.jspecify.annotations.Nullable;

/**
 * The key of a user in the store, in place of the user's id. Immutable.
 *
 * @param value 64 lower-case hexadecimal digits: SHA-256 of the id, or HMAC-SHA-256 with the
 *     setting {@code userIdSecret}; never null
 * @since 0.1
 */
public record UserKey(String value) {

  private static final int LENGTH = 64;

  /**
   * Creates a key.
   *
   * @throws IllegalArgumentException if {@code value} is not 64 lower-case hexadecimal digits
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
   * Compares the values.
   *
   * <p>Written by hand: on Java 17 the generated method of a record keeps the class loader of an
   * undeployed web application alive (java.lang.runtime.ObjectMethods, JDK-8078641).
   */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof UserKey key && value.equals(key.value);
  }

  @Override
  public int hashCode() {
    return value.hashCode();
  }

  /** Returns a text without the key, so that no log contains it by accident. */
  @Override
  public String toString() {
    return "UserKey[hidden]";
  }
}
