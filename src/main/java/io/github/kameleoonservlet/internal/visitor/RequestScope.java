package io.github.kameleoonservlet.internal.visitor;

import io.github.kameleoonservlet.decision.Preview;
import io.github.kameleoonservlet.decision.Variation;
import io.github.kameleoonservlet.internal.http.IncomingRequest;
import io.github.kameleoonservlet.internal.http.ShownVisitor;
import io.github.kameleoonservlet.internal.http.VisitorHeaders;
import io.github.kameleoonservlet.internal.reconcile.Reconciliation;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The scope of one request: its visitor, its decisions and the headers of its response, behind one
 * lock. The filter, the wrappers of request and response, the API and the visitor that pages read
 * call this class.
 *
 * <p>Thread-safe, because an application may read the visitor on its asynchronous threads.
 */
public final class RequestScope implements VariationSource, ShownVisitor {

  /**
   * Not a monitor, because a virtual thread that waits for the store within a monitor occupies its
   * carrier thread on Java 21 to 23 (JEP 491).
   */
  private final ReentrantLock lock = new ReentrantLock();

  private final FilterParts parts;
  private final IncomingRequest request;
  private final VisitorHeaders headers;
  private final RequestIdentity identity;
  private final RequestDecisions decisions;
  private final @Nullable PageVisit page;
  private final @Nullable RequestPreview preview;

  /** Whether this filter and those before it support asynchronous processing. */
  private final boolean asyncSupported;

  /** Creates the scope of a request whose visitor is not resolved yet. */
  public RequestScope(FilterParts parts, IncomingRequest request, VisitorHeaders headers) {
    this.parts = parts;
    this.request = request;
    this.headers = headers;
    this.preview = RequestPreview.of(parts, request, headers);
    this.identity = new RequestIdentity(parts, request, headers, preview);
    this.decisions = new RequestDecisions(parts, request, preview);
    this.page = PageVisit.of(parts, request, decisions);
    // Later the request also shows whether the servlet and the filters after this one support it.
    this.asyncSupported = request.servletRequest().isAsyncSupported();
  }

  /** Runs a task while the calling thread holds the lock. */
  void run(Runnable task) {
    lock.lock();
    try {
      task.run();
    } finally {
      lock.unlock();
    }
  }

  /** Runs a task while the calling thread holds the lock, and returns the result of the task. */
  <T extends @Nullable Object> T get(Supplier<T> task) {
    lock.lock();
    try {
      return task.get();
    } finally {
      lock.unlock();
    }
  }

  // ---- for the filter

  /**
   * Resolves the visitor if the response turns out to be a page, or if something reads the visitor.
   * A request for a file does not prolong the session in this way, because the library prolongs a
   * session when it determines the user.
   */
  public void resolveForPages() {
    run(() -> headers.holdBackUntil(this::resolveUnread));
  }

  /**
   * Resolves the visitor before the application runs. At that time the application has not read the
   * visitor.
   */
  public void resolveUnread() {
    run(
        () -> {
          boolean previewed = preview != null && preview.isActive();
          Reconciliation now = identity.resolved();
          if (page != null && !previewed) {
            page.begins(now.decided());
          }
        });
  }

  /** Continues with the error page of the same request. */
  public void resume(HttpServletResponse response) {
    run(
        () -> {
          request.resume();
          identity.resume();
          if (preview != null) {
            preview.resume();
          }
          headers.moveTo(response);
        });
  }

  /** Returns whether the filter only observes: request and response stay as they are. */
  public boolean observes() {
    return parts.observes();
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
    run(() -> headers.end(contentType));
  }

  /**
   * Ends the response.
   *
   * @param answered false if the application threw an exception: the container drops the response
   * @param last whether nothing of the request follows
   */
  public void endResponse(HttpServletResponse response, boolean answered, boolean last) {
    run(
        () -> {
          headers.end(response.getContentType());
          if (answered) {
            endPage(response);
          }
          if (last) {
            identity.end();
          }
        });
  }

  /** Counts the request, unless it is counted. The request may go on. */
  public void count() {
    run(identity::count);
  }

  /** Ends the page of an asynchronous request, and the request. */
  void endAsync(HttpServletResponse response) {
    run(
        () -> {
          try {
            endPage(response);
          } catch (IllegalStateException e) {
            // The container has already recycled the response.
          } finally {
            identity.end();
          }
        });
  }

  private void endPage(HttpServletResponse response) {
    if (page != null) {
      page.ends(identity.resolvedSoFar(), response);
    }
  }

  // ---- for the wrappers of request and response

  /** Notes that the application starts asynchronous processing, which may not be supported. */
  void asyncStarts() {
    parts.async().starts(asyncSupported);
  }

  /** Notes that the application will use request and response without this library's wrappers. */
  void asyncStarting() {
    run(
        () -> {
          headers.bypassed();
          shown();
        });
  }

  @Override
  public String codeForSdk() {
    parts.applicationSdk().called();
    return read((visitor, made) -> visitor.resolved().code().value());
  }

  @Override
  public void droppedCookie(boolean deleted) {
    parts.applicationSdk().droppedCookie();
    if (!deleted) {
      run(this::shown);
    }
  }

  /**
   * Returns the value of a visitor cookie of the browser for the application: the visitor code if
   * the visitor is resolved. If the code differs from the browser's, the read shows the visitor.
   *
   * @param sent the value that the browser sent
   */
  String cookieValue(String sent) {
    return get(
        () -> {
          Reconciliation now = identity.resolvedSoFar();
          if (now == null || now.code().value().equals(sent)) {
            return sent;
          }
          shown();
          return now.code().value();
        });
  }

  /** Runs a change of the user while the calling thread holds the lock. */
  void change(Consumer<UserChange> change) {
    run(() -> change.accept(new UserChange(parts, request, headers, identity)));
  }

  // ---- for the visitor that pages read

  /**
   * Returns a value of the visitor, and marks the response as one that shows the visitor: writes
   * the cookie that is held back, and keeps the response out of shared caches.
   */
  <T extends @Nullable Object> T read(BiFunction<RequestIdentity, RequestDecisions, T> value) {
    return get(
        () -> {
          shown();
          return value.apply(identity, decisions);
        });
  }

  private void shown() {
    if (!request.isOver()) {
      headers.show();
    }
  }

  /** Returns a value that does not show the visitor. */
  <T extends @Nullable Object> T inspect(BiFunction<RequestIdentity, RequestDecisions, T> value) {
    return get(() -> value.apply(identity, decisions));
  }

  /** Sends an event. Writes the cookie, because an event counts only for a code of the browser. */
  void send(BiConsumer<Reconciliation, RequestDecisions> event) {
    run(
        () -> {
          if (!request.isOver()) {
            headers.release();
          }
          event.accept(identity.resolved(), decisions);
        });
  }

  /** Sets the page's title for later decisions, or null. */
  void setPageTitle(@Nullable String title) {
    run(() -> decisions.setPageTitle(title));
  }

  @Override
  public Variation decide(String featureKey) {
    return read((visitor, made) -> made.decideOnce(visitor.resolved(), featureKey));
  }

  @Override
  public Set<String> featureKeys() {
    return parts.decisions().featureKeys();
  }

  @Override
  public Map<String, Variation> decidedSoFar() {
    return inspect((visitor, made) -> made.soFar(visitor.resolvedSoFar()));
  }

  /** Returns the preview that the browser sees, or null. */
  @Nullable Preview preview() {
    return preview == null ? null : get(preview::shown);
  }

  /** Returns whether the browser sees a preview. */
  boolean isPreviewed() {
    return preview != null && get(preview::isActive);
  }

  // ---- for the API

  /** Returns the operations that only API calls need. */
  public ApiScope forApi() {
    return new ApiScope(this, parts, request, headers, identity, decisions);
  }
}
