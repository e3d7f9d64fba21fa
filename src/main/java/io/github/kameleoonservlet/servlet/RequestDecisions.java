package io.github.kameleoonservlet.servlet;

import io.github.kameleoonservlet.decision.DecisionProvider;
import io.github.kameleoonservlet.decision.Reason;
import io.github.kameleoonservlet.decision.Variation;
import io.github.kameleoonservlet.identity.Outcome;
import io.github.kameleoonservlet.identity.Reconciliation;
import io.github.kameleoonservlet.identity.VisitorCode;
import io.github.kameleoonservlet.targeting.RequestFacts;
import jakarta.servlet.http.HttpServletRequest;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The decisions of one request, each made once for each visitor of the request.
 *
 * <p>Not thread-safe: {@link RequestVisitor} calls every method under its lock.
 */
final class RequestDecisions {

  private final FilterParts parts;
  private final HttpServletRequest request;
  private final RequestIdentity identity;

  private final Map<String, Variation> decided = new LinkedHashMap<>();
  private @Nullable Reconciliation decidedFor;
  private @Nullable VisitorCode introduced;

  RequestDecisions(FilterParts parts, HttpServletRequest request, RequestIdentity identity) {
    this.parts = parts;
    this.request = request;
    this.identity = identity;
  }

  /** Returns the variation that this visitor has read before, or null. */
  @Nullable Variation known(String featureKey) {
    forgetOthers(identity.resolved());
    return decided.get(featureKey);
  }

  /** Decides a feature with its exposure, and keeps the variation for {@link #known}. */
  Variation decideOnce(String featureKey) {
    Variation fresh = decide(featureKey, true);
    decided.put(featureKey, fresh);
    return fresh;
  }

  /**
   * Decides a feature without regard to earlier decisions.
   *
   * @param exposure whether the visitor will see the variation; without effect when the request is
   *     passive
   */
  Variation decide(String featureKey, boolean exposure) {
    Reconciliation now = identity.resolved();
    if (now.outcome().isRequestOnly()) {
      return Variation.off(
          featureKey, now.outcome() == Outcome.WITHHELD ? Reason.WITHHELD : Reason.UNRESOLVED);
    }
    introduce(now.code());
    return parts
        .decisions()
        .decide(now.code(), featureKey, exposure && now.exposure(), RequestFacts.none());
  }

  /** Returns the code for an event, known to the provider; null when no event may be sent. */
  @Nullable VisitorCode codeForEvents() {
    Reconciliation now = identity.resolved();
    if (now.outcome().isRequestOnly()) {
      return null;
    }
    introduce(now.code());
    return now.code();
  }

  /** Returns a copy of the variations decided so far; resolves and decides nothing. */
  Map<String, Variation> soFar() {
    Reconciliation now = identity.resolvedSoFar();
    if (now != null) {
      forgetOthers(now);
    }
    return Map.copyOf(decided);
  }

  /** Returns the script for the page that tracks every exposure, or an empty text. */
  String trackingCode() {
    Reconciliation now = identity.resolved();
    if (now.exposure()) {
      return parts.decisions().engineTrackingCode(now.code());
    }
    if (now.outcome().isRequestOnly() || identity.over() || !identity.shownLater()) {
      return "";
    }
    forgetOthers(now);
    return PrefetchedExposures.script(decided.values());
  }

  /** Passes consent and User-Agent to the provider before a visitor's first decision or event. */
  private void introduce(VisitorCode code) {
    if (code.equals(introduced) || identity.over()) {
      return;
    }
    introduced = code;
    DecisionProvider decisions = parts.decisions();
    if (parts.consent().required()) {
      decisions.setConsent(code, true);
    }
    String userAgent = request.getHeader("User-Agent");
    if (userAgent != null) {
      decisions.setUserAgent(code, userAgent);
    }
  }

  /** Forgets what was decided for another visitor of the same request. */
  private void forgetOthers(Reconciliation now) {
    if (decidedFor == null
        || !now.code().equals(decidedFor.code())
        || now.exposure() != decidedFor.exposure()
        || now.outcome().isRequestOnly() != decidedFor.outcome().isRequestOnly()) {
      decided.clear();
    }
    decidedFor = now;
  }
}
