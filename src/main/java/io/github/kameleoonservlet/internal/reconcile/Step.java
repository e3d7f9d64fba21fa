package io.github.kameleoonservlet.internal.reconcile;

import io.github.kameleoonservlet.identity.Outcome;
import io.github.kameleoonservlet.identity.UserKey;
import io.github.kameleoonservlet.identity.VisitorCode;

/**
 * Says what a reconciliation wants next. {@link Reconciler} makes steps; whoever runs it asks the
 * store and hands the answer back.
 */
public sealed interface Step {

  /**
   * Wants to know the stored code of the user.
   *
   * @param claims what the request claims
   * @param user whose code is wanted
   * @param round 1 at first, one more after each lost race
   */
  record Find(Claims claims, Caller user, int round) implements Step {}

  /**
   * Wants the user linked to a code.
   *
   * @param claims what the request claims
   * @param user who is to be linked
   * @param code to what
   * @param outcome how it ends when the link is made
   * @param round 1 at first, one more after each lost race
   */
  record Link(Claims claims, UserKey user, VisitorCode code, Outcome outcome, int round)
      implements Step {}

  /**
   * Wants nothing more.
   *
   * @param reconciliation the answer
   */
  record Done(Reconciliation reconciliation) implements Step {}
}
