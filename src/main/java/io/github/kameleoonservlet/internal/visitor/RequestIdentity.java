package io.github.kameleoonservlet.internal.visitor;

import io.github.kameleoonservlet.identity.Consent;
import io.github.kameleoonservlet.identity.Outcome;
import io.github.kameleoonservlet.identity.StoreUnavailableException;
import io.github.kameleoonservlet.identity.VisitorCode;
import io.github.kameleoonservlet.internal.http.IncomingRequest;
import io.github.kameleoonservlet.internal.http.VisitorHeaders;
import io.github.kameleoonservlet.internal.reconcile.Caller;
import io.github.kameleoonservlet.internal.reconcile.Claims;
import io.github.kameleoonservlet.internal.reconcile.Reconciliation;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The visitor of one request: resolves the visitor when something first needs it, and again when
 * the application changes the user or the consent.
 *
 * <p>Not thread-safe; {@link RequestScope} holds its lock around every call.
 */
final class RequestIdentity {

  private static final Claims NO_CLAIMS =
      new Claims(Caller.unidentified(), null, List.of(), Consent.GIVEN, true);

  private final FilterParts parts;
  private final IncomingRequest request;
  private final VisitorHeaders headers;
  private final VisitorAnswer answer;

  private Claims claims = NO_CLAIMS;
  private @Nullable String userId;
  private @Nullable Reconciliation resolved;
  private boolean resolvedTooLate;
  private boolean resolving;

  RequestIdentity(FilterParts parts, IncomingRequest request, VisitorHeaders headers) {
    this.parts = parts;
    this.request = request;
    this.headers = headers;
    this.answer = new VisitorAnswer(parts.cookie(), request, headers);
  }

  /**
   * Resolves the visitor, and writes the cookie.
   *
   * @param announced the valid code that an API call sends, or null
   */
  void resolve(@Nullable VisitorCode announced) {
    ClaimsReader.UserClaims read = claims(announced);
    resolve(read.claims(), read.userId());
  }

  /** Returns the result of the resolution; resolves the visitor at the first call. */
  Reconciliation resolved() {
    if (resolving) {
      throw new IllegalStateException(
          "a UserIdResolver or ConsentResolver must not read the visitor of its request: the visitor"
              + " waits for its result");
    }
    if (resolved == null) {
      if (request.isOver()) {
        // The request can no longer be read.
        resolve(NO_CLAIMS, null);
        resolvedTooLate = true;
      } else {
        resolve(null);
      }
    }
    return unlessMissed(Objects.requireNonNull(resolved));
  }

  /** Returns the result of the resolution; null if the visitor is not resolved yet. */
  @Nullable Reconciliation resolvedSoFar() {
    return resolved == null ? null : unlessMissed(resolved);
  }

  /** Only a new code can miss its cookie: every other code is in the browser or in the store. */
  private Reconciliation unlessMissed(Reconciliation now) {
    return now.outcome() == Outcome.ISSUED ? answer.unlessMissed(now) : now;
  }

  /** Returns the result; null until an API call, which resolves by its body, has resolved. */
  @Nullable Reconciliation resolvedWhenRead() {
    return request.isExcluded() ? resolved() : resolved;
  }

  /** Returns the id of the signed-in user, or null. */
  @Nullable String userId() {
    resolved();
    return userId;
  }

  /** Returns whether the request was passive; see {@link Claims}. */
  boolean isPassive() {
    return claims.passive();
  }

  /** Returns whether the user of the request may read explanations. */
  boolean isExplainable() {
    return !request.isOver() && parts.facts().explanations().include(request.servletRequest());
  }

  /** Continues with the error page of the same request, which can be read again. */
  void resume() {
    if (resolvedTooLate) {
      resolved = null;
      resolvedTooLate = false;
    }
  }

  /** Determines the user again. */
  void refresh() {
    if (isOpen()) {
      refresh(caller());
    }
  }

  private void refresh(ClaimsReader.Identified caller) {
    resolve(again(caller.caller(), browserHas()), caller.userId());
  }

  /** Returns whether the application has the request measured, as of this call. */
  boolean isMeasured() {
    return caller().caller().measured();
  }

  /**
   * Treats the visitor as anonymous from now on. Has no effect on a request that is not measured.
   */
  void signOut() {
    if (isOpen() && isMeasured()) {
      boolean leavesCode = parts.renewAfterSignOut() && !request.isExcluded() && userId() != null;
      resolve(
          again(Caller.anonymous(), parts.renewAfterSignOut() ? List.of() : browserHas()), null);
      if (leavesCode && resolved().outcome() == Outcome.UNRESOLVED) {
        // A logout that another site posts gets no new code, and the user's code must not stay.
        headers.setCookie(parts.cookie().delete(request.kind()));
      }
    }
  }

  /**
   * Signs the visitor out if no user is signed in any more. Otherwise the application keeps its
   * user elsewhere, and the user is determined again.
   */
  void afterLogout() {
    if (isOpen()) {
      ClaimsReader.Identified caller = caller();
      if (caller.caller().identified() && caller.userId() == null) {
        signOut();
      } else {
        refresh(caller);
      }
    }
  }

  /**
   * Takes the visitor's answer to the question for consent, and writes it into the consent cookie.
   *
   * @param announced the valid code that an API call sends, or null
   * @return false if the consent cookie does not decide; nothing has happened then
   */
  boolean answerConsent(boolean granted, @Nullable VisitorCode announced) {
    if (!parts.consent().byCookie()) {
      return false;
    }
    ClaimsReader.UserClaims read = claims(announced);
    Claims before = read.claims();
    if (!granted) {
      // A browser has one cookie, or a second one of another Domain; an attacker may send hundreds.
      Stream.concat(Stream.ofNullable(announced), before.cookies().stream().limit(2))
          .distinct()
          .forEach(code -> parts.decisions().consentRefused(code));
    }
    parts
        .cookie()
        .companion(
            request.kind(),
            parts.consent().cookieName(),
            parts.consent().cookieValue(granted),
            ConsentReader.MAX_AGE_SECONDS)
        .forEach(headers::addCookie);
    Consent consent = granted ? Consent.GIVEN : Consent.REFUSED;
    resolve(
        new Claims(before.caller(), announced, before.cookies(), consent, before.passive()),
        read.userId());
    return true;
  }

  /**
   * Erases the link of a signed-in caller, and deletes the cookie. The rest of the request has a
   * request-only code.
   *
   * @throws StoreUnavailableException if the store does not report whether it erased the link, or
   *     if the application cannot determine the user
   */
  void erase() {
    ClaimsReader.Identified caller = caller();
    if (!caller.caller().identified()) {
      throw new StoreUnavailableException("the application cannot determine the user");
    }
    if (caller.userId() != null) {
      parts.service().erase(caller.userId());
    }
    resolve(NO_CLAIMS, caller.userId());
    headers.setCookie(parts.cookie().delete(request.kind()));
  }

  private ClaimsReader.Identified caller() {
    resolving = true;
    try {
      return parts.claims().caller(request.servletRequest());
    } finally {
      resolving = false;
    }
  }

  private ClaimsReader.UserClaims claims(@Nullable VisitorCode announced) {
    resolving = true;
    try {
      return parts.claims().read(request, announced);
    } finally {
      resolving = false;
    }
  }

  private boolean isOpen() {
    return !request.isOver() && headers.open();
  }

  private Claims again(Caller caller, List<VisitorCode> cookies) {
    headers.release();
    resolved();
    return new Claims(caller, null, cookies, claims.consent(), claims.passive());
  }

  /** Returns the codes that the browser will have after this response. */
  private List<VisitorCode> browserHas() {
    Reconciliation now = resolved();
    return now.outcome().isRequestOnly() ? claims.cookies() : List.of(now.code());
  }

  private void resolve(Claims next, @Nullable String nextUserId) {
    Reconciliation now = parts.resolver().resolve(next);
    userId = nextUserId;
    claims = next;
    resolved = now;
    if (!request.isOver()) {
      answer.publish(now);
    }
  }

  @Override
  public String toString() {
    return resolved == null ? "not resolved" : resolved.outcome().name();
  }
}
