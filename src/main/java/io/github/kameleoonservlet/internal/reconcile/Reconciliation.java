package io.github.kameleoonservlet.internal.reconcile;

import io.github.kameleoonservlet.identity.Outcome;
import io.github.kameleoonservlet.identity.VisitorCode;

/**
 * Holds the answer of the {@link Reconciler}.
 *
 * @param code the request's code
 * @param outcome how it came about
 * @param cookie what becomes of the browser's cookie
 * @param exposure whether what a page reads of the variations may be tracked
 */
public record Reconciliation(
    VisitorCode code, Outcome outcome, CookieAction cookie, boolean exposure) {

  /** What becomes of the browser's cookie. */
  public enum CookieAction {
    /** The browser has none: write it. */
    WRITE,
    /** The browser has this code: prolong it when a page is answered. */
    REFRESH,
    /** The browser has another code: overwrite it. */
    REWRITE,
    /** Do not touch it. */
    LEAVE,
    /** Delete it. */
    DELETE
  }
}
