package io.github.kameleoonservlet.internal.reconcile;

import io.github.kameleoonservlet.identity.Outcome;
import io.github.kameleoonservlet.identity.UserKey;
import io.github.kameleoonservlet.identity.VisitorCode;

/**
 * One step of a reconciliation. {@link Reconciler} returns steps; {@link VisitorResolver} calls the
 * store for each, and passes the result back. Immutable.
 */
sealed interface Step {

  /**
   * The step that requires the stored code of a user.
   *
   * @param claims the claims of the request
   * @param user the user
   * @param round 1 at first, one more after each lost race
   */
  record Find(Claims claims, Caller user, int round) implements Step {}

  /**
   * The step that requires a link between a user and a code.
   *
   * @param claims the claims of the request
   * @param user the user
   * @param code the code
   * @param outcome the outcome if the store makes the link
   * @param round 1 at first, one more after each lost race
   */
  record Link(Claims claims, UserKey user, VisitorCode code, Outcome outcome, int round)
      implements Step {}

  /**
   * The step that ends the reconciliation.
   *
   * @param reconciliation the result
   */
  record Done(Reconciliation reconciliation) implements Step {}
}
