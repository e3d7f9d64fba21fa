package io.github.kameleoonservlet.servlet;

import io.github.kameleoonservlet.Visitor;
import io.github.kameleoonservlet.decision.Explanation;
import io.github.kameleoonservlet.decision.Reason;
import io.github.kameleoonservlet.decision.Variation;
import io.github.kameleoonservlet.identity.Outcome;
import io.github.kameleoonservlet.identity.Reconciliation;
import io.github.kameleoonservlet.identity.VisitorCode;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.Serializable;
import java.util.Arrays;
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
  private final VisitorHeaders headers;
  private final RequestIdentity identity;
  private final RequestDecisions decisions;
  private final PageVisit page;
  private final LazyVariations variations;
  private final @Nullable Variation variation;

  /**
   * Takes a request whose visitor is not resolved yet, and puts the attributes there.
   *
   * @param excluded whether the path is excluded: no cookie, no link, no exposure
   */
  RequestVisitor(
      FilterParts parts, HttpServletRequest request, VisitorHeaders headers, boolean excluded) {
    this.parts = parts;
    this.headers = headers;
    this.identity = new RequestIdentity(parts, request, headers, excluded);
    this.decisions = new RequestDecisions(parts, request, identity);
    this.page = new PageVisit(parts, request, identity, decisions);
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

  /**
   * Resolves the visitor if the response turns out to be a page, or if something reads the visitor.
   * Determining the user prolongs a session, which a file does not justify.
   */
  synchronized void resolveForPages() {
    headers.holdBackUntil(this::beginPage);
  }

  /**
   * Resolves the visitor before the application runs. The response has read nothing at that time.
   */
  synchronized void resolveUnread() {
    headers.holdBack();
    identity.resolve(null);
    page.begins();
  }

  private synchronized void beginPage() {
    page.begins();
  }

  /**
   * Resolves the visitor of an API call, and writes the cookie. An earlier read resolves by the
   * cookies.
   *
   * @param announced the valid code that an API call sends, or null
   */
  synchronized void resolve(@Nullable VisitorCode announced) {
    headers.release();
    identity.resolve(announced);
  }

  synchronized void describedBy(ApiDevice said) {
    decisions.describedBy(said);
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

  /** Ends the page: the response is complete. */
  synchronized void pageEnds(HttpServletResponse response) {
    page.ends(response);
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
    read();
    Variation known = decisions.known(featureKey);
    if (known != null) {
      return known;
    }
    if (identity.over()) {
      return Variation.off(featureKey, Reason.UNRESOLVED);
    }
    return decisions.decideOnce(featureKey);
  }

  /**
   * Decides a feature anew.
   *
   * @param exposure whether the visitor will see it; without effect when the request is passive
   */
  synchronized Variation decide(String featureKey, boolean exposure) {
    read();
    return decisions.decide(featureKey, exposure);
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

  private synchronized Map<String, Variation> decidedSoFar() {
    return decisions.soFar();
  }

  /**
   * Returns a snapshot for a session store, because the request is gone when the store reads it
   * back. A request-only code does not leave the request, so the snapshot contains another code in
   * its place.
   */
  private synchronized Object writeReplace() {
    read();
    Reconciliation now = identity.resolvedSoFar();
    return VisitorSnapshot.of(now, now == null ? null : identity.userId(), variations, variation);
  }

  @Override
  public synchronized String getCode() {
    read();
    return identity.resolved().code().value();
  }

  /** Returns the code; null until an API call has read its body, which may contain the code. */
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
    return decisions.trackingCode();
  }

  @Override
  public synchronized void trackConversion(int goalId, double revenue) {
    writeCookieForEvent();
    decisions.trackConversion(goalId, revenue);
  }

  @Override
  public synchronized void addCustomData(int index, String... values) {
    List<String> given =
        values == null ? List.of() : Arrays.stream(values).filter(Objects::nonNull).toList();
    if (!given.isEmpty()) {
      writeCookieForEvent();
      decisions.addCustomData(index, given);
    }
  }

  /** Writes the cookie, because an event counts only for a code that the browser has. */
  private void writeCookieForEvent() {
    if (!identity.over()) {
      headers.release();
    }
  }

  @Override
  public synchronized void setPageTitle(@Nullable String title) {
    decisions.setPageTitle(title);
  }

  @Override
  public synchronized Explanation explain(@Nullable String featureKey) {
    read();
    return featureKey == null
        ? Explanation.of(Variation.off("", Reason.NOT_FOUND))
        : decisions.explain(featureKey);
  }

  @Override
  public synchronized boolean isExplainable() {
    return identity.explainable() && headers.keepPrivate();
  }

  @Override
  public synchronized String toString() {
    return "Visitor[" + identity + "]";
  }
}
