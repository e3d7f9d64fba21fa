package io.github.kameleoonservlet.internal.reconcile;

import io.github.kameleoonservlet.identity.Outcome;
import io.github.kameleoonservlet.identity.VisitorCode;

/**
 * The result of the {@link Reconciler}. Immutable.
 *
 * @param code the request's code
 * @param outcome how the request got the code
 * @param cookie what the library does with the browser's cookie
 * @param exposure whether the library may track the variations that a page reads
 */
public record Reconciliation(
    VisitorCode code, Outcome outcome, CookieAction cookie, boolean exposure) {

  /** What the library does with the browser's cookie. */
  public enum CookieAction {
    /** Write the cookie, because the browser has none. */
    WRITE,
    /** Prolong the cookie with a page, because the browser has this code. */
    REFRESH,
    /** Overwrite the cookie, because the browser has another code. */
    REWRITE,
    /** Leave the cookie unchanged. */
    LEAVE,
    /** Delete the cookie. */
    DELETE
  }
}
