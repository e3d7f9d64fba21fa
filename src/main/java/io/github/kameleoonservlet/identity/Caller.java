package io.github.kameleoonservlet.identity;

import org.jspecify.annotations.Nullable;

/**
 * Says who sends a request.
 *
 * @param identified false when the application could not say who it is; such a caller is never
 *     taken for anonymous
 * @param key the user, or null when nobody is signed in
 * @param previousKey the same user's key under the previous secret, or null
 */
public record Caller(boolean identified, @Nullable UserKey key, @Nullable UserKey previousKey) {

  private static final Caller ANONYMOUS = new Caller(true, null, null);
  private static final Caller UNIDENTIFIED = new Caller(false, null, null);

  /** Nobody is signed in. */
  public static Caller anonymous() {
    return ANONYMOUS;
  }

  /** The application failed to say who calls. */
  public static Caller unidentified() {
    return UNIDENTIFIED;
  }

  /** A signed-in user. */
  public static Caller known(UserKey key, @Nullable UserKey previousKey) {
    return new Caller(true, key, previousKey);
  }

  /** A signed-in user without a key under a previous secret. */
  public static Caller known(UserKey key) {
    return known(key, null);
  }
}
