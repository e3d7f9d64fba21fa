package io.github.kameleoonservlet.servlet;

import io.github.kameleoonservlet.Visitor;
import io.github.kameleoonservlet.identity.Outcome;
import io.github.kameleoonservlet.identity.VisitorCode;
import io.github.kameleoonservlet.internal.api.ApiFields;
import io.github.kameleoonservlet.internal.api.ApiRequest;
import io.github.kameleoonservlet.internal.api.Problem;
import io.github.kameleoonservlet.internal.reconcile.Reconciliation;
import io.github.kameleoonservlet.internal.visitor.ApiScope;

/**
 * The caller of the API. Thread-safe.
 *
 * @param content the content of the call
 * @param visitor the caller as pages see it
 * @param scope the operations that only the API has
 */
record ApiCaller(ApiRequest content, Visitor visitor, ApiScope scope) {

  ApiFields fields() {
    return content.fields();
  }

  /**
   * Resolves the caller.
   *
   * @throws Problem 503 if the store does not answer for a signed-in user
   */
  Reconciliation resolve() throws Problem {
    scope.resolve(content.announced());
    return resolved();
  }

  /**
   * Resolves the caller before an erasure, so that the store never links the announced code again.
   *
   * @throws Problem 503 if the store does not answer for a signed-in user
   */
  void resolveForErasure(VisitorCode announced) throws Problem {
    scope.resolveForErasure(announced);
    if (isUnanswered(scope.resolved())) {
      throw tryAgain();
    }
  }

  /**
   * Refuses a request that is not measured: support staff who act as a customer neither answer nor
   * erase for the customer.
   *
   * @throws Problem 409
   */
  void refuseUnlessMeasured() throws Problem {
    if (!scope.isMeasured()) {
      throw new Problem(
          409, "Not measured", "The application excludes this request from measurement.");
    }
  }

  /**
   * Returns the result of the resolution.
   *
   * @throws Problem 503 if the store does not answer for a signed-in user
   */
  Reconciliation resolved() throws Problem {
    Reconciliation resolved = scope.resolved();
    if (isUnanswered(resolved) && !scope.isPreviewed()) {
      throw tryAgain();
    }
    return resolved;
  }

  private boolean isUnanswered(Reconciliation resolved) {
    // A passive request of a user without a link is unresolved even if the store answers.
    return resolved.decided().outcome() == Outcome.UNRESOLVED
        && visitor.isKnown()
        && !scope.isPassive();
  }

  /** Returns the problem of a signed-in user whose code cannot be determined now. */
  static Problem tryAgain() {
    // A constant of HttpServletResponse would leave a jakarta name in the javax edition.
    return new Problem(
        503, "Try again", "The code of the signed-in user cannot be determined now.");
  }
}
