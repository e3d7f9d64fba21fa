package io.github.kameleoonservlet.servlet;

import io.github.kameleoonservlet.Visitor;
import io.github.kameleoonservlet.decision.Reason;
import io.github.kameleoonservlet.decision.Variation;
import io.github.kameleoonservlet.identity.Caller;
import io.github.kameleoonservlet.identity.Claims;
import io.github.kameleoonservlet.identity.Consent;
import io.github.kameleoonservlet.identity.Outcome;
import io.github.kameleoonservlet.identity.Reconciliation;
import io.github.kameleoonservlet.identity.StoreUnavailableException;
import io.github.kameleoonservlet.identity.VisitorCode;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The visitor of one request: asks the service who it is, puts the answer into cookie and
 * attributes, and decides variations when they are read.
 *
 * <p>Thread-safe, for the application may read it on its asynchronous threads.
 */
final class RequestVisitor implements Visitor {

  private static final Claims NO_CLAIMS =
      new Claims(Caller.unidentified(), null, List.of(), Consent.GIVEN, true);

  private final FilterParts parts;
  private final HttpServletRequest request;
  private final VisitorHeaders headers;
  private final boolean excluded;
  private final LazyVariations variations;
  private final @Nullable Variation variation;

  private Claims claims = NO_CLAIMS;
  private @Nullable String userId;
  private @Nullable Reconciliation resolved;
  private Map<String, Variation> decided = new HashMap<>();
  private boolean introduced;
  private boolean over;

  /**
   * Takes a request whose visitor is not resolved yet, and puts the attributes there.
   *
   * @param excluded whether the path is excluded: no cookie, no link, no exposure
   */
  RequestVisitor(
      FilterParts parts, HttpServletRequest request, VisitorHeaders headers, boolean excluded) {
    this.parts = parts;
    this.request = request;
    this.headers = headers;
    this.excluded = excluded;
    this.variations = new LazyVariations(this::decide, this::decided);
    String featureKey = parts.featureKey();
    this.variation =
        featureKey == null ? null : new LazyVariation(featureKey, () -> decide(featureKey));
    request.setAttribute(ATTRIBUTE, this);
    request.setAttribute(VARIATIONS_ATTRIBUTE, variations);
    if (variation != null) {
      request.setAttribute(VARIATION_ATTRIBUTE, variation);
    }
  }

  /**
   * Resolves the visitor, and writes the cookie. The filter does it before the chain runs; for an
   * API call the servlet does, which knows the body. Whatever asks earlier resolves by the cookies.
   *
   * @param announced the valid code of an API call's body, or null
   */
  synchronized Reconciliation resolve(@Nullable VisitorCode announced) {
    ClaimsReader.Identified caller = parts.claims().caller(request);
    return resolve(
        parts.claims().claims(request, caller.caller(), announced, excluded), caller.userId());
  }

  private Reconciliation resolve(Claims next, @Nullable String nextUserId) {
    Reconciliation before = resolved;
    Reconciliation now = parts.service().resolve(next);
    if (before != null
        && (!now.code().equals(before.code()) || now.exposure() != before.exposure())) {
      decided = new HashMap<>();
      introduced = false;
    }
    userId = nextUserId;
    claims = next;
    resolved = now;
    publish(now);
    return now;
  }

  /** The answer; when nobody has asked before, asks now. */
  synchronized Reconciliation resolved() {
    if (resolved == null) {
      // After the request nothing can be read from it any more.
      return over ? resolve(NO_CLAIMS, null) : resolve(null);
    }
    return resolved;
  }

  /** Whether the request was passive; see {@link Claims}. */
  synchronized boolean passive() {
    return claims.passive();
  }

  VisitorHeaders headers() {
    return headers;
  }

  /** Ends the request: from now on the visitor answers from what it has. */
  synchronized void end() {
    over = true;
  }

  /** Goes on with the error page of the same request. */
  synchronized void resume(HttpServletResponse response) {
    over = false;
    headers.moveTo(response);
  }

  @Override
  public synchronized void refresh() {
    if (open()) {
      ClaimsReader.Identified caller = parts.claims().caller(request);
      resolve(again(caller.caller(), browserHas(), claims.consent()), caller.userId());
    }
  }

  @Override
  public synchronized void signOut() {
    if (open()) {
      List<VisitorCode> cookies = parts.renewAfterSignOut() ? List.of() : browserHas();
      resolve(again(Caller.anonymous(), cookies, claims.consent()), null);
    }
  }

  /** Signs out when nobody is signed in any more: the application may keep its user elsewhere. */
  synchronized void afterLogout() {
    if (open() && parts.claims().caller(request).userId() == null) {
      signOut();
    } else {
      refresh();
    }
  }

  /**
   * Takes the visitor's answer, and gives the browser the cookie that repeats it.
   *
   * @return false when the consent cookie does not decide; nothing has happened then
   */
  synchronized boolean answerConsent(boolean granted) {
    if (!parts.consent().byCookie()) {
      return false;
    }
    ClaimsReader.Identified caller = parts.claims().caller(request);
    Claims asked = parts.claims().claims(request, caller.caller(), null, excluded);
    if (!granted) {
      asked.cookies().forEach(code -> parts.decisions().setConsent(code, false));
    }
    headers.addCookie(parts.consent().cookie(request, granted));
    Consent consent = granted ? Consent.GIVEN : Consent.REFUSED;
    resolve(
        new Claims(caller.caller(), null, asked.cookies(), consent, asked.passive()),
        caller.userId());
    return true;
  }

  /**
   * Erases the caller's link, when there is a user, and takes the cookie from the browser. The rest
   * of the request has a request-only code.
   *
   * @throws io.github.kameleoonservlet.identity.StoreUnavailableException when the store cannot say
   *     whether the link was erased, or the application who calls
   */
  synchronized void erase() {
    ClaimsReader.Identified caller = parts.claims().caller(request);
    if (!caller.caller().identified()) {
      throw new StoreUnavailableException("it cannot be said who calls");
    }
    if (caller.userId() != null) {
      parts.service().erase(caller.userId());
    }
    resolve(NO_CLAIMS, caller.userId());
    headers.setCookie(parts.cookie().delete(request));
  }

  /** The keys of all features. */
  Set<String> featureKeys() {
    return parts.decisions().featureKeys();
  }

  BrowserRequest browser() {
    return parts.browser();
  }

  private boolean open() {
    return !over && headers.open();
  }

  private Claims again(Caller caller, List<VisitorCode> cookies, Consent consent) {
    resolved();
    return new Claims(caller, null, cookies, consent, claims.passive());
  }

  /** What this very response gives the browser is what the browser will have. */
  private List<VisitorCode> browserHas() {
    Reconciliation now = resolved();
    return now.outcome().isRequestOnly() ? claims.cookies() : List.of(now.code());
  }

  private void publish(Reconciliation now) {
    request.setAttribute(CODE_ATTRIBUTE, now.code().value());
    if (excluded) {
      return;
    }
    boolean page = parts.browser().navigation(request);
    if (page) {
      headers.keepPrivate();
    }
    switch (now.cookie()) {
      case WRITE, REWRITE -> setCookie(now.code(), true);
      case REFRESH -> {
        if (page) {
          setCookie(now.code(), false);
        }
      }
      case DELETE -> headers.setCookie(parts.cookie().delete(request));
      case LEAVE -> {
        // Nothing is known that the browser should have.
      }
    }
  }

  private void setCookie(VisitorCode code, boolean changed) {
    headers.setCookie(parts.cookie().set(request, code, changed));
  }

  private synchronized Variation decide(String featureKey) {
    Variation known = decided.get(featureKey);
    if (known != null) {
      return known;
    }
    if (over) {
      return Variation.off(featureKey, Reason.UNRESOLVED);
    }
    Variation fresh = decide(featureKey, resolved().exposure());
    decided.put(featureKey, fresh);
    return fresh;
  }

  /** Decides a feature anew, tracking the exposure or not. */
  synchronized Variation decide(String featureKey, boolean exposure) {
    headers.keepPrivate();
    Reconciliation now = resolved();
    if (now.outcome().isRequestOnly()) {
      return Variation.off(
          featureKey, now.outcome() == Outcome.WITHHELD ? Reason.WITHHELD : Reason.UNRESOLVED);
    }
    introduce(now.code());
    return parts.decisions().decide(now.code(), featureKey, exposure && now.exposure());
  }

  /** Tells the provider what it must know of a visitor before the first decision or event. */
  private void introduce(VisitorCode code) {
    if (introduced || over) {
      return;
    }
    introduced = true;
    if (parts.consent().required()) {
      parts.decisions().setConsent(code, true);
    }
    String userAgent = request.getHeader("User-Agent");
    if (userAgent != null) {
      parts.decisions().setUserAgent(code, userAgent);
    }
  }

  private synchronized Map<String, Variation> decided() {
    return Map.copyOf(decided);
  }

  @Override
  public synchronized String getCode() {
    if (!over) {
      headers.keepPrivate();
    }
    return resolved().code().value();
  }

  @Override
  public synchronized @Nullable String getUserId() {
    resolved();
    return userId;
  }

  @Override
  public synchronized boolean isKnown() {
    return getUserId() != null;
  }

  @Override
  public synchronized Outcome getOutcome() {
    return resolved().outcome();
  }

  @Override
  public Map<String, Variation> getVariations() {
    return variations;
  }

  @Override
  public @Nullable Variation getVariation() {
    return variation;
  }

  @Override
  public synchronized String getEngineTrackingCode() {
    Reconciliation now = resolved();
    return now.exposure() ? parts.decisions().engineTrackingCode(now.code()) : "";
  }

  @Override
  public synchronized void trackConversion(int goalId, double revenue) {
    Reconciliation now = resolved();
    if (!now.outcome().isRequestOnly()) {
      introduce(now.code());
      parts.decisions().trackConversion(now.code(), goalId, revenue);
    }
  }

  @Override
  public synchronized void addCustomData(int index, String... values) {
    Reconciliation now = resolved();
    if (!now.outcome().isRequestOnly()) {
      introduce(now.code());
      parts.decisions().addCustomData(now.code(), index, List.of(values));
    }
  }

  /** Shows the outcome; there is nothing about the visitor in it. */
  @Override
  public synchronized String toString() {
    return "Visitor[" + (resolved == null ? "not resolved" : resolved.outcome()) + "]";
  }
}
