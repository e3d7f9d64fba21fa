package io.github.kameleoonservlet.servlet;

import io.github.kameleoonservlet.Visitor;
import io.github.kameleoonservlet.decision.DecisionProvider;
import io.github.kameleoonservlet.decision.Reason;
import io.github.kameleoonservlet.decision.Variation;
import io.github.kameleoonservlet.identity.Claims;
import io.github.kameleoonservlet.identity.Outcome;
import io.github.kameleoonservlet.identity.Reconciliation;
import io.github.kameleoonservlet.identity.VisitorCode;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The visitor of one request: asks the service who it is, puts the answer into cookie and
 * attributes, and decides variations when they are read.
 *
 * <p>Thread-safe, for the application may read it on its asynchronous threads.
 */
final class RequestVisitor implements Visitor {

  private final FilterParts parts;
  private final HttpServletRequest request;
  private final VisitorHeaders headers;
  private final boolean excluded;
  private final LazyVariations variations;
  private final @Nullable Variation variation;

  private Claims claims;
  private @Nullable String userId;
  private Reconciliation resolved;
  private Map<String, Variation> decided = new HashMap<>();
  private boolean userAgentTold;
  private boolean over;

  /**
   * Resolves the visitor of a request, and writes cookie and attributes.
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
    ClaimsReader.Identified caller = parts.claims().caller(request);
    this.userId = caller.userId();
    this.claims = parts.claims().claims(request, caller.caller(), excluded);
    this.resolved = parts.service().resolve(claims);
    if (!excluded && parts.browser().navigation(request)) {
      headers.keepPrivate();
    }
    publish();
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
    if (over || !headers.open()) {
      return;
    }
    ClaimsReader.Identified caller = parts.claims().caller(request);
    // What this very response gives the browser is what the browser will have.
    List<VisitorCode> cookies =
        resolved.outcome().isRequestOnly() ? claims.cookies() : List.of(resolved.code());
    Claims again = new Claims(caller.caller(), null, cookies, claims.consent(), claims.passive());
    Reconciliation next = parts.service().resolve(again);
    if (!next.code().equals(resolved.code()) || next.exposure() != resolved.exposure()) {
      decided = new HashMap<>();
      userAgentTold = false;
    }
    userId = caller.userId();
    claims = again;
    resolved = next;
    publish();
  }

  private void publish() {
    if (!excluded) {
      switch (resolved.cookie()) {
        case WRITE, REWRITE -> setCookie(true);
        case REFRESH -> {
          if (parts.browser().navigation(request)) {
            setCookie(false);
          }
        }
        case DELETE -> headers.setCookie(parts.cookie().delete(request));
        case LEAVE -> {
          // Nothing is known that the browser should have.
        }
      }
    }
    request.setAttribute(ATTRIBUTE, this);
    request.setAttribute(CODE_ATTRIBUTE, resolved.code().value());
    request.setAttribute(VARIATIONS_ATTRIBUTE, variations);
    if (variation != null) {
      request.setAttribute(VARIATION_ATTRIBUTE, variation);
    }
  }

  private void setCookie(boolean changed) {
    headers.setCookie(parts.cookie().set(request, resolved.code(), changed));
  }

  private synchronized Variation decide(String featureKey) {
    Variation known = decided.get(featureKey);
    if (known != null) {
      return known;
    }
    if (over) {
      return Variation.off(featureKey, Reason.UNRESOLVED);
    }
    headers.keepPrivate();
    Variation fresh = ask(featureKey);
    decided.put(featureKey, fresh);
    return fresh;
  }

  private Variation ask(String featureKey) {
    if (resolved.outcome() == Outcome.WITHHELD) {
      return Variation.off(featureKey, Reason.WITHHELD);
    }
    if (resolved.outcome() == Outcome.UNRESOLVED) {
      return Variation.off(featureKey, Reason.UNRESOLVED);
    }
    DecisionProvider decisions = parts.decisions();
    String userAgent = userAgentTold ? null : request.getHeader("User-Agent");
    userAgentTold = true;
    if (userAgent != null) {
      decisions.setUserAgent(resolved.code(), userAgent);
    }
    return decisions.decide(resolved.code(), featureKey, resolved.exposure());
  }

  private synchronized Map<String, Variation> decided() {
    return Map.copyOf(decided);
  }

  @Override
  public synchronized String getCode() {
    if (!over) {
      headers.keepPrivate();
    }
    return resolved.code().value();
  }

  @Override
  public synchronized @Nullable String getUserId() {
    return userId;
  }

  @Override
  public synchronized boolean isKnown() {
    return userId != null;
  }

  @Override
  public synchronized Outcome getOutcome() {
    return resolved.outcome();
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
    return measured() && resolved.exposure()
        ? parts.decisions().engineTrackingCode(resolved.code())
        : "";
  }

  @Override
  public synchronized void trackConversion(int goalId, double revenue) {
    if (measured()) {
      parts.decisions().trackConversion(resolved.code(), goalId, revenue);
    }
  }

  @Override
  public synchronized void addCustomData(int index, String... values) {
    if (measured()) {
      parts.decisions().addCustomData(resolved.code(), index, List.of(values));
    }
  }

  private boolean measured() {
    return !resolved.outcome().isRequestOnly();
  }

  /** Shows the outcome; there is nothing about the visitor in it. */
  @Override
  public synchronized String toString() {
    return "Visitor[" + resolved.outcome() + "]";
  }
}
