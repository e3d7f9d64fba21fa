package io.github.kameleoonservlet.internal.visitor;

import io.github.kameleoonservlet.decision.Variation;
import io.github.kameleoonservlet.identity.Consent;
import io.github.kameleoonservlet.identity.StoreUnavailableException;
import io.github.kameleoonservlet.identity.VisitorCode;
import io.github.kameleoonservlet.internal.http.IncomingRequest;
import io.github.kameleoonservlet.internal.http.RequestKind;
import io.github.kameleoonservlet.internal.http.VisitorHeaders;
import io.github.kameleoonservlet.internal.reconcile.Claims;
import io.github.kameleoonservlet.internal.reconcile.Reconciliation;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The part of a request's scope that only API calls need. Thread-safe. */
public final class ApiScope {

  private final RequestScope scope;
  private final FilterParts parts;
  private final IncomingRequest request;
  private final VisitorHeaders headers;
  private final RequestIdentity identity;
  private final RequestDecisions decisions;

  /** Creates the part of a scope, whose lock guards the other arguments. */
  ApiScope(
      RequestScope scope,
      FilterParts parts,
      IncomingRequest request,
      VisitorHeaders headers,
      RequestIdentity identity,
      RequestDecisions decisions) {
    this.scope = scope;
    this.parts = parts;
    this.request = request;
    this.headers = headers;
    this.identity = identity;
    this.decisions = decisions;
    scope.run(identity::beginCall);
  }

  /** Returns the kind of the request. */
  public RequestKind kind() {
    return scope.get(request::kind);
  }

  /** Sets the page and device that the body of the call describes. */
  public void describedBy(DescribedPage described) {
    scope.run(() -> decisions.describedBy(described));
  }

  /**
   * Resolves the visitor, and writes the cookie. An earlier read resolves by the cookies.
   *
   * @param announced the valid code that the call sends, or null
   */
  public void resolve(@Nullable VisitorCode announced) {
    scope.run(
        () -> {
          headers.release();
          identity.resolve(announced);
        });
  }

  /**
   * Resolves the visitor before an erasure, and writes the cookie. Links a user without a code to
   * the announced code even while a preview lasts.
   *
   * @param announced the valid code that the call sends
   */
  public void resolveForErasure(VisitorCode announced) {
    scope.run(
        () -> {
          headers.release();
          identity.resolveWithLink(announced);
        });
  }

  /** Returns the result of the resolution; without one, resolves by the cookies, without a link. */
  public Reconciliation resolved() {
    return scope.get(identity::resolved);
  }

  /** Returns whether the resolved request is passive. */
  public boolean isPassive() {
    return scope.get(() -> identity.claims().passive());
  }

  /** Returns whether the browser sees a preview, so that the call sends nothing. */
  public boolean isPreviewed() {
    return scope.isPreviewed();
  }

  /** Returns whether the application has the request measured, as of this call. */
  public boolean isMeasured() {
    return scope.get(() -> identity.caller().caller().measured());
  }

  /** Returns the keys of all features; none before the data file has arrived. */
  public Set<String> featureKeys() {
    return scope.featureKeys();
  }

  /**
   * Decides a feature again, and marks the response as one that shows the visitor.
   *
   * @param exposure whether the visitor will see the variation; without effect if the request is
   *     passive
   */
  public Variation decide(String featureKey, boolean exposure) {
    return scope.read((visitor, made) -> made.decide(visitor.resolved(), featureKey, exposure));
  }

  /**
   * Stores the visitor's answer to the question for consent in the consent cookie.
   *
   * @param announced the valid code that the call sends, or null
   * @return false if the consent cookie does not decide; nothing has happened then
   */
  public boolean answerConsent(boolean granted, @Nullable VisitorCode announced) {
    return scope.get(
        () -> {
          headers.release();
          boolean byCookie = parts.consent().byCookie();
          if (byCookie) {
            storeConsent(granted, announced);
          }
          return byCookie;
        });
  }

  private void storeConsent(boolean granted, @Nullable VisitorCode announced) {
    ClaimsReader.UserClaims read = identity.readClaims(announced);
    Claims before = read.claims();
    if (!granted && !parts.observes()) {
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
    identity.resolve(
        new Claims(before.caller(), announced, before.cookies(), consent, before.passive()),
        read.userId());
  }

  /**
   * Erases the link of a signed-in caller, and deletes the cookie. The rest of the request has a
   * request-only code.
   *
   * @throws StoreUnavailableException if the store does not report whether it erased the link, or
   *     if the application cannot determine the user
   */
  public void erase() {
    scope.run(
        () -> {
          headers.release();
          ClaimsReader.Identified caller = identity.caller();
          if (!caller.caller().identified()) {
            throw new StoreUnavailableException("the application cannot determine the user");
          }
          if (caller.userId() != null) {
            parts.service().erase(caller.userId());
          }
          identity.resolve(RequestIdentity.NO_CLAIMS, caller.userId());
          headers.setCookie(parts.cookie().delete(request.kind()));
        });
  }
}
