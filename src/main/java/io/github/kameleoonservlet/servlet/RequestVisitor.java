package io.github.kameleoonservlet.servlet;

import io.github.kameleoonservlet.Visitor;
import io.github.kameleoonservlet.decision.DecisionProvider;
import io.github.kameleoonservlet.decision.Reason;
import io.github.kameleoonservlet.decision.Variation;
import io.github.kameleoonservlet.identity.Outcome;
import io.github.kameleoonservlet.identity.Reconciliation;
import io.github.kameleoonservlet.identity.VisitorCode;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.Serializable;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The visitor of one request, as pages see it: decides variations when they are read, and takes
 * events.
 *
 * <p>Thread-safe, for the application may read it on its asynchronous threads.
 */
final class RequestVisitor implements Visitor, Serializable {

  private static final long serialVersionUID = 1L;

  private final FilterParts parts;
  private final HttpServletRequest request;
  private final VisitorHeaders headers;
  private final RequestIdentity identity;
  private final LazyVariations variations;
  private final @Nullable Variation variation;

  private final Map<String, Variation> decided = new LinkedHashMap<>();
  private @Nullable Reconciliation decidedFor;
  private @Nullable VisitorCode introduced;

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
    this.identity = new RequestIdentity(parts, request, headers, excluded);
    this.variations = new LazyVariations(this::decide, this::featureKeys, this::decidedSoFar);
    String featureKey = parts.featureKey();
    this.variation =
        featureKey == null
            ? null
            : new LazyVariation(featureKey, () -> decide(featureKey), this::decidedSoFar);
    request.setAttribute(ATTRIBUTE, this);
    request.setAttribute(VARIATIONS_ATTRIBUTE, variations);
    if (variation != null) {
      request.setAttribute(VARIATION_ATTRIBUTE, variation);
    }
  }

  /** Resolves the visitor before the application runs; its answer has not read anything yet. */
  synchronized void resolveUnread() {
    headers.holdBack();
    identity.resolve(null);
  }

  /**
   * Resolves the visitor of an API call, and writes the cookie. Whatever asks earlier resolves by
   * the cookies.
   *
   * @param announced the valid code that an API call announces, or null
   */
  synchronized void resolve(@Nullable VisitorCode announced) {
    headers.release();
    identity.resolve(announced);
  }

  synchronized Reconciliation resolved() {
    return identity.resolved();
  }

  synchronized boolean passive() {
    return identity.passive();
  }

  synchronized boolean measured() {
    return identity.measured();
  }

  synchronized void end() {
    identity.end();
  }

  synchronized void resume(HttpServletResponse response) {
    identity.resume(response);
  }

  synchronized void afterLogout() {
    identity.afterLogout();
  }

  synchronized boolean answerConsent(boolean granted, @Nullable VisitorCode announced) {
    headers.release();
    return identity.answerConsent(granted, announced);
  }

  synchronized void erase() {
    headers.release();
    identity.erase();
  }

  @Override
  public synchronized void refresh() {
    identity.refresh();
  }

  @Override
  public synchronized void signOut() {
    identity.signOut();
  }

  VisitorHeaders headers() {
    return headers;
  }

  BrowserRequest browser() {
    return parts.browser();
  }

  Set<String> featureKeys() {
    return parts.decisions().featureKeys();
  }

  private synchronized Variation decide(String featureKey) {
    clearWhenChanged(identity.resolved());
    Variation known = decided.get(featureKey);
    if (known != null) {
      return known;
    }
    if (identity.over()) {
      return Variation.off(featureKey, Reason.UNRESOLVED);
    }
    Variation fresh = decide(featureKey, true);
    decided.put(featureKey, fresh);
    return fresh;
  }

  /**
   * Decides a feature anew.
   *
   * @param exposure whether the visitor will see it; without effect when the request is passive
   */
  synchronized Variation decide(String featureKey, boolean exposure) {
    read();
    Reconciliation now = identity.resolved();
    if (now.outcome().isRequestOnly()) {
      return Variation.off(
          featureKey, now.outcome() == Outcome.WITHHELD ? Reason.WITHHELD : Reason.UNRESOLVED);
    }
    introduce(now.code());
    return parts.decisions().decide(now.code(), featureKey, exposure && now.exposure());
  }

  /** Tells the provider what it must know of a visitor before the first decision or event. */
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

  /** What is read now may be shown: no shared cache may hand it to somebody else. */
  synchronized void read() {
    if (!identity.over()) {
      headers.release();
      headers.keepPrivate();
    }
  }

  /** From now on the application has request and response past our wrappers, too. */
  synchronized void startAsync() {
    headers.unguarded();
    read();
  }

  /** Returns the variations decided for the visitor so far; decides and resolves nothing. */
  private synchronized Map<String, Variation> decidedSoFar() {
    Reconciliation now = identity.resolvedSoFar();
    if (now != null) {
      clearWhenChanged(now);
    }
    return Map.copyOf(decided);
  }

  /**
   * Writes a snapshot to a session store: the request is not there when it is read back. A
   * request-only code does not leave the request, so another one stands in its place.
   */
  private synchronized Object writeReplace() {
    Reconciliation now = identity.resolvedSoFar();
    String anyCode = VisitorCode.draw(new SecureRandom()).value();
    if (now == null) {
      return new VisitorSnapshot(anyCode, null, Outcome.UNRESOLVED, variations, variation);
    }
    return new VisitorSnapshot(
        now.outcome().isRequestOnly() ? anyCode : now.code().value(),
        identity.userId(),
        now.outcome(),
        variations,
        variation);
  }

  /** What was decided for a visitor is not shown to the next one of the same request. */
  private void clearWhenChanged(Reconciliation now) {
    if (decidedFor == null
        || !now.code().equals(decidedFor.code())
        || now.exposure() != decidedFor.exposure()
        || now.outcome().isRequestOnly() != decidedFor.outcome().isRequestOnly()) {
      decided.clear();
    }
    decidedFor = now;
  }

  @Override
  public synchronized String getCode() {
    read();
    return identity.resolved().code().value();
  }

  /** Returns the code, or null while an API call's body, which may name it, is not read yet. */
  synchronized @Nullable String codeWhenRead() {
    Reconciliation now = identity.resolvedWhenRead();
    return now == null ? null : now.code().value();
  }

  @Override
  public synchronized @Nullable String getUserId() {
    read();
    return identity.userId();
  }

  @Override
  public synchronized boolean isKnown() {
    return getUserId() != null;
  }

  @Override
  public synchronized Outcome getOutcome() {
    return identity.resolved().outcome();
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
    read();
    Reconciliation now = identity.resolved();
    if (now.exposure()) {
      return parts.decisions().engineTrackingCode(now.code());
    }
    if (now.outcome().isRequestOnly() || identity.over() || !identity.shownLater()) {
      return "";
    }
    clearWhenChanged(now);
    return PrefetchedExposures.script(decided.values());
  }

  @Override
  public synchronized void trackConversion(int goalId, double revenue) {
    VisitorCode code = codeForEvents();
    if (code != null) {
      parts.decisions().trackConversion(code, goalId, revenue);
    }
  }

  @Override
  public synchronized void addCustomData(int index, String... values) {
    List<String> given =
        values == null ? List.of() : Arrays.stream(values).filter(Objects::nonNull).toList();
    VisitorCode code = given.isEmpty() ? null : codeForEvents();
    if (code != null) {
      parts.decisions().addCustomData(code, index, given);
    }
  }

  /** The code under which events may be sent, introduced; or null. */
  private @Nullable VisitorCode codeForEvents() {
    if (!identity.over()) {
      // What is sent under a code is worth something only in a browser that has the code.
      headers.release();
    }
    Reconciliation now = identity.resolved();
    if (now.outcome().isRequestOnly()) {
      return null;
    }
    introduce(now.code());
    return now.code();
  }

  /** Resolves nothing, and shows nothing of the visitor but the outcome. */
  @Override
  public synchronized String toString() {
    return "Visitor[" + identity + "]";
  }
}
