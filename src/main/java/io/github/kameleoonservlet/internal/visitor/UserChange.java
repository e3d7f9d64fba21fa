package io.github.kameleoonservlet.internal.visitor;

import io.github.kameleoonservlet.identity.Outcome;
import io.github.kameleoonservlet.identity.VisitorCode;
import io.github.kameleoonservlet.internal.http.IncomingRequest;
import io.github.kameleoonservlet.internal.http.VisitorHeaders;
import io.github.kameleoonservlet.internal.reconcile.Caller;
import io.github.kameleoonservlet.internal.reconcile.Claims;
import io.github.kameleoonservlet.internal.reconcile.Reconciliation;
import java.util.List;

/**
 * A change of the user by the application during a request: a login, a logout or a sign-out. Has no
 * effect after the response is committed.
 *
 * <p>Not thread-safe; {@link RequestScope} holds its lock around every call.
 */
final class UserChange {

  private final FilterParts parts;
  private final IncomingRequest request;
  private final VisitorHeaders headers;
  private final RequestIdentity identity;

  UserChange(
      FilterParts parts,
      IncomingRequest request,
      VisitorHeaders headers,
      RequestIdentity identity) {
    this.parts = parts;
    this.request = request;
    this.headers = headers;
    this.identity = identity;
  }

  /** Determines the user again. */
  void refresh() {
    if (isOpen()) {
      follow(identity.caller());
    }
  }

  /**
   * Treats the visitor as anonymous from now on. Has no effect on a request that is not measured.
   */
  void signOut() {
    if (isOpen()) {
      makeAnonymous();
    }
  }

  /**
   * Signs the visitor out if no user is signed in any more. Otherwise the application keeps its
   * user elsewhere, and the user is determined again.
   */
  void afterLogout() {
    if (isOpen()) {
      ClaimsReader.Identified caller = identity.caller();
      if (caller.caller().identified() && caller.userId() == null) {
        makeAnonymous();
      } else {
        follow(caller);
      }
    }
  }

  private boolean isOpen() {
    return !request.isOver() && headers.open();
  }

  private void follow(ClaimsReader.Identified caller) {
    identity.resolve(again(caller.caller(), browserHas()), caller.userId());
  }

  private void makeAnonymous() {
    // The resolvers of the application may take long, and another thread may end the response.
    if (!identity.caller().caller().measured() || !isOpen()) {
      return;
    }
    boolean renew = parts.renewAfterSignOut();
    boolean leavesCode = renew && !request.isExcluded() && identity.userId() != null;
    identity.resolve(again(Caller.anonymous(), renew ? List.of() : browserHas()), null);
    if (leavesCode && identity.resolved().outcome() == Outcome.UNRESOLVED) {
      // A logout that another site posts gets no new code, and the user's code must not stay.
      headers.setCookie(parts.cookie().delete(request.kind()));
    }
  }

  private Claims again(Caller caller, List<VisitorCode> cookies) {
    headers.release();
    identity.resolved();
    Claims before = identity.claims();
    return new Claims(caller, null, cookies, before.consent(), before.passive());
  }

  /** Returns the codes that the browser will have after this response. */
  private List<VisitorCode> browserHas() {
    Reconciliation now = identity.resolved();
    return now.outcome().isRequestOnly() ? identity.claims().cookies() : List.of(now.code());
  }
}
