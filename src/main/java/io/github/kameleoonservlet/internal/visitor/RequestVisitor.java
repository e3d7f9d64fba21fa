package io.github.kameleoonservlet.internal.visitor;

import io.github.kameleoonservlet.Visitor;
import io.github.kameleoonservlet.decision.Explanation;
import io.github.kameleoonservlet.decision.Reason;
import io.github.kameleoonservlet.decision.Variation;
import io.github.kameleoonservlet.identity.Outcome;
import io.github.kameleoonservlet.internal.http.BrowserRequest;
import io.github.kameleoonservlet.internal.http.VisitorHeaders;
import io.github.kameleoonservlet.internal.reconcile.Reconciliation;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The visitor of one request, as pages see it: decides variations when they are read, and takes
 * events.
 *
 * <p>Thread-safe, for the application may read it on its asynchronous threads.
 */
public final class RequestVisitor implements Visitor, Serializable {

  private static final long serialVersionUID = 1L;

  private final RequestLock lock = new RequestLock();
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
  public RequestVisitor(
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
  public void resolveForPages() {
    lock.run(() -> headers.holdBackUntil(() -> lock.run(page::begins)));
  }

  /**
   * Resolves the visitor before the application runs. The response has read nothing at that time.
   */
  public void resolveUnread() {
    lock.run(
        () -> {
          headers.holdBack();
          identity.resolve(null);
          page.begins();
        });
  }

  public Reconciliation resolved() {
    return lock.get(identity::resolved);
  }

  /** Ends the page: the response is complete. */
  public void pageEnds(HttpServletResponse response) {
    lock.run(() -> page.ends(response));
  }

  public void end() {
    lock.run(identity::end);
  }

  public void resume(HttpServletResponse response) {
    lock.run(() -> identity.resume(response));
  }

  void afterLogout() {
    lock.run(identity::afterLogout);
  }

  @Override
  public void refresh() {
    lock.run(identity::refresh);
  }

  @Override
  public void signOut() {
    lock.run(identity::signOut);
  }

  /** Returns the same visitor for an API call. */
  public ApiVisitor forApi() {
    return new ApiVisitor(lock, headers, identity, decisions);
  }

  public VisitorHeaders headers() {
    return headers;
  }

  public BrowserRequest browser() {
    return parts.browser();
  }

  public Set<String> featureKeys() {
    return parts.decisions().featureKeys();
  }

  private Variation decide(String featureKey) {
    return lock.get(
        () -> {
          read();
          Variation known = decisions.known(featureKey);
          if (known != null) {
            return known;
          }
          if (identity.over()) {
            return Variation.off(featureKey, Reason.UNRESOLVED);
          }
          return decisions.decideOnce(featureKey);
        });
  }

  /**
   * Decides a feature anew.
   *
   * @param exposure whether the visitor will see it; without effect when the request is passive
   */
  public Variation decide(String featureKey, boolean exposure) {
    return shown(() -> decisions.decide(featureKey, exposure));
  }

  /** What is read now may be shown: no shared cache may hand it to somebody else. */
  void read() {
    lock.run(
        () -> {
          if (!identity.over()) {
            headers.release();
            headers.keepPrivate();
          }
        });
  }

  private <T extends @Nullable Object> T shown(Supplier<T> value) {
    return lock.get(
        () -> {
          read();
          return value.get();
        });
  }

  /** From now on the application has request and response past our wrappers, too. */
  void startAsync() {
    lock.run(
        () -> {
          headers.bypassed();
          read();
        });
  }

  private Map<String, Variation> decidedSoFar() {
    return lock.get(decisions::soFar);
  }

  /**
   * Returns a snapshot for a session store, because the request is gone when the store reads it
   * back. A request-only code does not leave the request, so the snapshot contains another code in
   * its place.
   */
  private Object writeReplace() {
    return lock.get(
        () -> {
          read();
          Reconciliation now = identity.resolvedSoFar();
          return VisitorSnapshot.of(
              now, now == null ? null : identity.userId(), variations, variation);
        });
  }

  @Override
  public String getCode() {
    return shown(() -> identity.resolved().code().value());
  }

  /** Returns the code; null until an API call has read its body, which may contain the code. */
  @Nullable String codeWhenRead() {
    return lock.get(
        () -> {
          Reconciliation now = identity.resolvedWhenRead();
          return now == null ? null : now.code().value();
        });
  }

  @Override
  public @Nullable String getUserId() {
    return shown(() -> identity.userId());
  }

  @Override
  public boolean isKnown() {
    return getUserId() != null;
  }

  @Override
  public Outcome getOutcome() {
    return lock.get(() -> identity.resolved().outcome());
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
  public String getEngineTrackingCode() {
    return shown(() -> decisions.trackingCode());
  }

  @Override
  public void trackConversion(int goalId, double revenue) {
    lock.run(
        () -> {
          writeCookieForEvent();
          decisions.trackConversion(goalId, revenue);
        });
  }

  @Override
  public void addCustomData(int index, String... values) {
    List<String> given =
        values == null ? List.of() : Arrays.stream(values).filter(Objects::nonNull).toList();
    if (!given.isEmpty()) {
      lock.run(
          () -> {
            writeCookieForEvent();
            decisions.addCustomData(index, given);
          });
    }
  }

  /** Writes the cookie, because an event counts only for a code that the browser has. */
  private void writeCookieForEvent() {
    if (!identity.over()) {
      headers.release();
    }
  }

  @Override
  public void setPageTitle(@Nullable String title) {
    lock.run(() -> decisions.setPageTitle(title));
  }

  @Override
  public Explanation explain(@Nullable String featureKey) {
    return shown(
        () ->
            featureKey == null
                ? Explanation.of(Variation.off("", Reason.NOT_FOUND))
                : decisions.explain(featureKey));
  }

  @Override
  public boolean isExplainable() {
    return lock.get(() -> identity.explainable() && headers.keepPrivate());
  }

  @Override
  public String toString() {
    return lock.get(() -> "Visitor[" + identity + "]");
  }
}
