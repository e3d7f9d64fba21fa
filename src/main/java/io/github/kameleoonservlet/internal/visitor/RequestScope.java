package io.github.kameleoonservlet.internal.visitor;

import io.github.kameleoonservlet.decision.Variation;
import io.github.kameleoonservlet.identity.Outcome;
import io.github.kameleoonservlet.internal.http.IncomingRequest;
import io.github.kameleoonservlet.internal.http.VisitorHeaders;
import io.github.kameleoonservlet.internal.reconcile.Reconciliation;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * The scope of one request: its visitor, its decisions and the headers of its response, behind one
 * lock. The filter, the wrappers of request and response, the API and the visitor that pages read
 * call this class, and it calls only what is further in.
 *
 * <p>Thread-safe, because an application may read the visitor on its asynchronous threads.
 */
public final class RequestScope implements VariationSource {

  private final RequestLock lock = new RequestLock();
  private final FilterParts parts;
  private final IncomingRequest request;
  private final VisitorHeaders headers;
  private final RequestIdentity identity;
  private final RequestDecisions decisions;
  private final PageVisit page;

  /** Creates the scope of a request whose visitor is not resolved yet. */
  public RequestScope(FilterParts parts, IncomingRequest request, VisitorHeaders headers) {
    this.parts = parts;
    this.request = request;
    this.headers = headers;
    this.identity = new RequestIdentity(parts, request, headers);
    this.decisions = new RequestDecisions(parts, request);
    this.page = new PageVisit(parts, request, decisions);
  }

  // ---- for the filter

  /**
   * Resolves the visitor if the response turns out to be a page, or if something reads the visitor.
   * Determining the user prolongs a session, which a file does not justify.
   */
  public void resolveForPages() {
    lock.run(() -> headers.holdBackUntil(() -> lock.run(this::beginPage)));
  }

  /**
   * Resolves the visitor before the application runs. The response has read nothing at that time.
   */
  public void resolveUnread() {
    lock.run(
        () -> {
          headers.holdBack();
          beginPage();
        });
  }

  private void beginPage() {
    Reconciliation now = identity.resolved();
    if (parts.facts().remoteVisitorData() && !request.isOver()) {
      page.begins(now);
    }
  }

  /** Continues with the error page of the same request. */
  public void resume(HttpServletResponse response) {
    lock.run(
        () -> {
          request.resume();
          identity.resume();
          headers.moveTo(response);
        });
  }

  /** Returns the library's headers of the response. */
  public VisitorHeaders headers() {
    return headers;
  }

  /**
   * Ends one dispatch to the response.
   *
   * @param contentType the response's {@code Content-Type}, or null
   */
  public void endDispatch(@Nullable String contentType) {
    lock.run(() -> headers.end(contentType));
  }

  /**
   * Ends the response.
   *
   * @param answered false if the application threw an exception: the container drops the response
   * @param last whether nothing of the request follows
   */
  public void endResponse(HttpServletResponse response, boolean answered, boolean last) {
    lock.run(
        () -> {
          headers.end(response.getContentType());
          if (answered) {
            endPage(response);
          }
          if (last) {
            request.end();
          }
        });
  }

  /** Ends the page of an asynchronous request, and the request. */
  void endAsync(HttpServletResponse response) {
    lock.run(
        () -> {
          try {
            endPage(response);
          } catch (IllegalStateException e) {
            // The container has already recycled the response.
          } finally {
            request.end();
          }
        });
  }

  private void endPage(HttpServletResponse response) {
    if (parts.facts().tracksPages() && !request.isOver()) {
      Reconciliation now = identity.resolvedSoFar();
      if (now != null) {
        page.ends(now, response);
      }
    }
  }

  // ---- for the wrappers of request and response

  /**
   * Marks the response as one that shows the visitor: writes the cookie that is held back, and
   * keeps the response out of shared caches.
   */
  void markAsShown() {
    lock.run(this::shown);
  }

  private void shown() {
    if (!request.isOver()) {
      headers.release();
      headers.keepPrivate();
    }
  }

  /** Notes that the application will use request and response without this library's wrappers. */
  void asyncStarting() {
    lock.run(
        () -> {
          headers.bypassed();
          shown();
        });
  }

  /** Returns the code; null until an API call has read its body, which may contain the code. */
  @Nullable String codeWhenRead() {
    return lock.get(
        () -> {
          Reconciliation now = identity.resolvedWhenRead();
          return now == null ? null : now.code().value();
        });
  }

  /** Signs the visitor out if the application has signed its user out. */
  void afterLogout() {
    lock.run(identity::afterLogout);
  }

  // ---- for the visitor that pages read

  /** Determines the user again. */
  void refresh() {
    lock.run(identity::refresh);
  }

  /** Treats the visitor as anonymous from now on. */
  void signOut() {
    lock.run(identity::signOut);
  }

  /** Returns the id of the signed-in user, or null. */
  @Nullable String userId() {
    return lock.get(
        () -> {
          shown();
          return identity.userId();
        });
  }

  /** Returns the outcome; does not mark the response. */
  Outcome outcome() {
    return lock.get(() -> identity.resolved().outcome());
  }

  /** Returns a value of the visitor to a page, and marks the response as showing the visitor. */
  <T extends @Nullable Object> T read(BiFunction<Reconciliation, RequestDecisions, T> value) {
    return lock.get(
        () -> {
          shown();
          return value.apply(identity.resolved(), decisions);
        });
  }

  /** Sends an event. Writes the cookie, because an event counts only for a code of the browser. */
  void send(BiConsumer<Reconciliation, RequestDecisions> event) {
    lock.run(
        () -> {
          if (!request.isOver()) {
            headers.release();
          }
          event.accept(identity.resolved(), decisions);
        });
  }

  void setPageTitle(@Nullable String title) {
    lock.run(() -> decisions.setPageTitle(title));
  }

  /** Returns whether the user may read explanations, which no shared cache may store. */
  boolean isExplainable() {
    return lock.get(() -> identity.isExplainable() && headers.keepPrivate());
  }

  @Override
  public Variation decide(String featureKey) {
    return read((now, made) -> made.decideOnce(now, featureKey));
  }

  @Override
  public Set<String> featureKeys() {
    return parts.decisions().featureKeys();
  }

  @Override
  public Map<String, Variation> decidedSoFar() {
    return lock.get(() -> decisions.soFar(identity.resolvedSoFar()));
  }

  /**
   * Returns a snapshot for a session store, because the request is gone when the store reads it
   * back.
   */
  VisitorSnapshot snapshot(Map<String, Variation> variations, @Nullable Variation variation) {
    return lock.get(
        () -> {
          shown();
          Reconciliation now = identity.resolvedSoFar();
          return VisitorSnapshot.of(
              now, now == null ? null : identity.userId(), variations, variation);
        });
  }

  @Override
  public String toString() {
    return lock.get(identity::toString);
  }

  // ---- for the API

  /** Returns the operations that only API calls need. */
  public ApiScope forApi() {
    return new ApiScope(this, lock, request, headers, identity, decisions);
  }
}
