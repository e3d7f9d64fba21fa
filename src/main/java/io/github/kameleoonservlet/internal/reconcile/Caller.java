package io.github.kameleoonservlet.internal.reconcile;

import io.github.kameleoonservlet.identity.UserKey;
import org.jspecify.annotations.Nullable;

/**
 * The sender of a request. Immutable.
 *
 * @param identified false if the application could not determine the user; such a caller does not
 *     count as anonymous
 * @param measured false if the application excludes the request from measurement; then no user is
 *     identified either
 * @param key the key of the signed-in user, or null if no user is signed in
 * @param previousKey the same user's key under the previous secret, or null
 */
public record Caller(
    boolean identified, boolean measured, @Nullable UserKey key, @Nullable UserKey previousKey) {

  private static final Caller ANONYMOUS = new Caller(true, true, null, null);
  private static final Caller UNIDENTIFIED = new Caller(false, true, null, null);
  private static final Caller UNMEASURED = new Caller(false, false, null, null);

  /** Returns the caller of a request without a signed-in user. */
  public static Caller anonymous() {
    return ANONYMOUS;
  }

  /** Returns the caller of a request whose user the application failed to determine. */
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

  /** Returns a signed-in user. */
  public static Caller known(UserKey key, @Nullable UserKey previousKey) {
    return new Caller(true, true, key, previousKey);
  }

  /** Returns a signed-in user without a key under a previous secret. */
  public static Caller known(UserKey key) {
    return known(key, null);
  }
}
