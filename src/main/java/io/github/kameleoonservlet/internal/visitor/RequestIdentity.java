package io.github.kameleoonservlet.internal.visitor;

import io.github.kameleoonservlet.identity.Consent;
import io.github.kameleoonservlet.identity.Outcome;
import io.github.kameleoonservlet.identity.StoreUnavailableException;
import io.github.kameleoonservlet.identity.VisitorCode;
import io.github.kameleoonservlet.internal.http.VisitorHeaders;
import io.github.kameleoonservlet.internal.reconcile.Caller;
import io.github.kameleoonservlet.internal.reconcile.Claims;
import io.github.kameleoonservlet.internal.reconcile.Reconciliation;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Knows who the visitor of one request is: asks the resolver, and asks again when the application
 * changes something.
 *
 * <p>Not thread-safe; {@link RequestVisitor} holds its lock around every call.
 */
final class RequestIdentity {

  private static final Claims NO_CLAIMS =
      new Claims(Caller.unidentified(), null, List.of(), Consent.GIVEN, true);

  private final FilterParts parts;
  private final HttpServletRequest request;
  private final VisitorHeaders headers;
  private final boolean excluded;
  private final VisitorAnswer answer;

  private Claims claims = NO_CLAIMS;
  private @Nullable String userId;
  private @Nullable Reconciliation resolved;
  private boolean resolvedTooLate;
  private boolean resolving;
  private boolean over;

  RequestIdentity(
      FilterParts parts, HttpServletRequest request, VisitorHeaders headers, boolean excluded) {
    this.parts = parts;
    this.request = request;
    this.headers = headers;
    this.excluded = excluded;
    this.answer = new VisitorAnswer(parts, request, headers, excluded);
  }

  /**
   * Resolves the visitor, and writes the cookie.
   *
   * @param announced the valid code that an API call sends, or null
   */
  void resolve(@Nullable VisitorCode announced) {
    ClaimsReader.Identified caller = caller();
    resolve(claims(caller, announced), caller.userId());
  }

  /** The answer; when nobody has asked before, asks now. */
  Reconciliation resolved() {
    if (resolving) {
      throw new IllegalStateException(
          "a UserIdResolver or ConsentResolver must not ask the visitor, which waits for it");
    }
    if (resolved == null) {
      if (over) {
        // Nothing can be read from the request any more.
        resolve(NO_CLAIMS, null);
        resolvedTooLate = true;
      } else {
        resolve(null);
      }
    }
    return answer.unlessMissed(Objects.requireNonNull(resolved), over);
  }

  /** The answer, or null when nobody has asked yet. */
  @Nullable Reconciliation resolvedSoFar() {
    return resolved == null ? null : answer.unlessMissed(resolved, over);
  }

  /** Returns the result; null until an API call, which resolves by its body, has resolved. */
  @Nullable Reconciliation resolvedWhenRead() {
    return excluded ? resolved() : resolved;
  }

  /** The signed-in user's id, or null. */
  @Nullable String userId() {
    resolved();
    return userId;
  }

  /** Whether the request was passive; see {@link Claims}. */
  boolean passive() {
    return claims.passive();
  }

  /** Returns whether the request is a prefetch, and passive for no other reason. */
  boolean shownLater() {
    return !excluded && parts.browser().shownLater(request);
  }

  /** Returns whether the user of the request may read explanations. */
  boolean explainable() {
    return !over && parts.facts().explanations().include(request);
  }

  /** Whether the request is over. */
  boolean over() {
    return over;
  }

  /** Ends the request: nothing is read from it and written for it from now on. */
  void end() {
    over = true;
  }

  /** Goes on with the error page of the same request. */
  void resume(HttpServletResponse response) {
    over = false;
    if (resolvedTooLate) {
      resolved = null;
      resolvedTooLate = false;
    }
    headers.moveTo(response);
  }

  /** Asks again who the user is. */
  void refresh() {
    if (open()) {
      refresh(caller());
    }
  }

  private void refresh(ClaimsReader.Identified caller) {
    resolve(again(caller.caller(), browserHas()), caller.userId());
  }

  /** Returns whether the application has the request measured, as of this call. */
  boolean measured() {
    return caller().caller().measured();
  }

  /**
   * Treats the visitor as anonymous from now on. Has no effect on a request that is not measured.
   */
  void signOut() {
    if (open() && measured()) {
      boolean leavesCode = parts.renewAfterSignOut() && !excluded && userId() != null;
      resolve(
          again(Caller.anonymous(), parts.renewAfterSignOut() ? List.of() : browserHas()), null);
      if (leavesCode && resolved().outcome() == Outcome.UNRESOLVED) {
        // A logout that another site posts gets no new code. The user's must not stay either.
        headers.setCookie(parts.cookie().delete(request));
      }
    }
  }

  /** Signs out when nobody is signed in any more: the application may keep its user elsewhere. */
  void afterLogout() {
    if (open()) {
      ClaimsReader.Identified caller = caller();
      if (caller.caller().identified() && caller.userId() == null) {
        signOut();
      } else {
        refresh(caller);
      }
    }
  }

  /**
   * Takes the visitor's answer, and gives the browser the cookie that repeats it.
   *
   * @param announced the valid code that an API call sends, or null
   * @return false when the consent cookie does not decide; nothing has happened then
   */
  boolean answerConsent(boolean granted, @Nullable VisitorCode announced) {
    if (!parts.consent().byCookie()) {
      return false;
    }
    ClaimsReader.Identified caller = caller();
    Claims asked = claims(caller, announced);
    if (!granted) {
      // A browser has one, or a twin of another Domain; a stranger may send two hundred.
      Stream.concat(Stream.ofNullable(announced), asked.cookies().stream().limit(2))
          .distinct()
          .forEach(code -> parts.decisions().consentRefused(code));
    }
    parts
        .cookie()
        .companion(
            request,
            parts.consent().cookieName(),
            parts.consent().cookieValue(granted),
            ConsentReader.MAX_AGE_SECONDS)
        .forEach(headers::addCookie);
    Consent consent = granted ? Consent.GIVEN : Consent.REFUSED;
    resolve(
        new Claims(caller.caller(), announced, asked.cookies(), consent, asked.passive()),
        caller.userId());
    return true;
  }

  /**
   * Erases the caller's link, when there is a user, and takes the cookie from the browser. The rest
   * of the request has a request-only code.
   *
   * @throws StoreUnavailableException when the store cannot say whether the link was erased, or the
   *     application who calls
   */
  void erase() {
    ClaimsReader.Identified caller = caller();
    if (!caller.caller().identified()) {
      throw new StoreUnavailableException("it cannot be said who calls");
    }
    if (caller.userId() != null) {
      parts.service().erase(caller.userId());
    }
    resolve(NO_CLAIMS, caller.userId());
    headers.setCookie(parts.cookie().delete(request));
  }

  private ClaimsReader.Identified caller() {
    resolving = true;
    try {
      return parts.claims().caller(request);
    } finally {
      resolving = false;
    }
  }

  private Claims claims(ClaimsReader.Identified caller, @Nullable VisitorCode announced) {
    resolving = true;
    try {
      return parts.claims().claims(request, caller.caller(), announced, excluded);
    } finally {
      resolving = false;
    }
  }

  private boolean open() {
    return !over && headers.open();
  }

  private Claims again(Caller caller, List<VisitorCode> cookies) {
    headers.release();
    resolved();
    return new Claims(caller, null, cookies, claims.consent(), claims.passive());
  }

  /** What this very response gives the browser is what the browser will have. */
  private List<VisitorCode> browserHas() {
    Reconciliation now = resolved();
    return now.outcome().isRequestOnly() ? claims.cookies() : List.of(now.code());
  }

  private void resolve(Claims next, @Nullable String nextUserId) {
    Reconciliation now = parts.resolver().resolve(next);
    userId = nextUserId;
    claims = next;
    resolved = now;
    if (!over) {
      answer.publish(now);
    }
  }

  @Override
  public String toString() {
    return resolved == null ? "not resolved" : resolved.outcome().name();
  }
}
