package io.github.kameleoonservlet.internal.reconcile;

import io.github.kameleoonservlet.identity.UserKey;
import org.jspecify.annotations.Nullable;

/**
 * Says who sends a request.
 *
 * @param identified false when the application could not say who it is; such a caller is never
 *     taken for anonymous
 * @param measured false if the application excludes the request from measurement; then no user is
 *     identified either
 * @param key the user, or null when nobody is signed in
 * @param previousKey the same user's key under the previous secret, or null
 */
public record Caller(
    boolean identified, boolean measured, @Nullable UserKey key, @Nullable UserKey previousKey) {

  private static final Caller ANONYMOUS = new Caller(true, true, null, null);
  private static final Caller UNIDENTIFIED = new Caller(false, true, null, null);
  private static final Caller UNMEASURED = new Caller(false, false, null, null);

  /** Nobody is signed in. */
  public static Caller anonymous() {
    return ANONYMOUS;
  }

  /** The application failed to say who calls. */
  public static Caller unidentified() {
    return UNIDENTIFIED;
  }

  /**
   * Returns the caller of a request that is not measured, such as support staff who act as a
   * customer.
   */
  public static Caller unmeasured() {
    return UNMEASURED;
  }

  /** A signed-in user. */
  public static Caller known(UserKey key, @Nullable UserKey previousKey) {
    return new Caller(true, true, key, previousKey);
  }

  /** A signed-in user without a key under a previous secret. */
  public static Caller known(UserKey key) {
    return known(key, null);
  }
}
