package io.github.kameleoonservlet.internal.reconcile;

import io.github.kameleoonservlet.identity.Outcome;
import io.github.kameleoonservlet.identity.VisitorCode;
import org.jspecify.annotations.Nullable;

/**
 * The result of the {@link Reconciler}. Immutable.
 *
 * @param code the request's code
 * @param outcome how the request got the code
 * @param cookie what the library does with the browser's cookie
 * @param exposure whether the library may track the variations that a page reads
 * @param observed the result that this one hides from the request, because the filter only
 *     observes; null if the filter does what the result requires
 */
public record Reconciliation(
    VisitorCode code,
    Outcome outcome,
    CookieAction cookie,
    boolean exposure,
    @Nullable Reconciliation observed) {

  /** Creates a result that the filter carries out. */
  public Reconciliation(VisitorCode code, Outcome outcome, CookieAction cookie, boolean exposure) {
    this(code, outcome, cookie, exposure, null);
  }

  /**
   * Returns a request-only result that hides this one, for a filter that only observes.
   *
   * @param shown the code of the request
   */
  public Reconciliation hiddenBehind(VisitorCode shown) {
    return new Reconciliation(shown, Outcome.UNRESOLVED, CookieAction.LEAVE, false, this);
  }

  /** Returns the result of the decision table, which this result may hide. */
  public Reconciliation decided() {
    return observed == null ? this : observed;
  }

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
