package io.github.kameleoonservlet.internal.visitor;

import io.github.kameleoonservlet.identity.Outcome;
import io.github.kameleoonservlet.internal.http.IncomingRequest;
import io.github.kameleoonservlet.internal.http.MediaType;
import io.github.kameleoonservlet.internal.reconcile.Reconciliation;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The begin and the end of a page: notifies the provider, once for each navigation and independent
 * of the dispatches, and only if a setting requires it.
 *
 * <p>Not thread-safe; {@link RequestScope} holds its lock around every call.
 */
final class PageVisit {

  private final FilterParts parts;
  private final IncomingRequest request;
  private final RequestDecisions decisions;
  private boolean begun;
  private boolean shown;

  private PageVisit(FilterParts parts, IncomingRequest request, RequestDecisions decisions) {
    this.parts = parts;
    this.request = request;
    this.decisions = decisions;
  }

  /** Returns the page of a request; null if no setting requires the notifications. */
  static @Nullable PageVisit of(
      FilterParts parts, IncomingRequest request, RequestDecisions decisions) {
    return parts.facts().remoteVisitorData() || parts.facts().tracksPages()
        ? new PageVisit(parts, request, decisions)
        : null;
  }

  /** Begins the page of a response that is, or may become, a page. */
  void begins(Reconciliation now) {
    if (!parts.facts().remoteVisitorData() || request.isOver()) {
      return;
    }
    // The platform has no data of a new code. Robots without cookies get a new code for each page.
    if (!begun && measuredPage(now) && now.outcome() != Outcome.ISSUED) {
      begun = true;
      parts.decisions().pageBegins(now.code());
    }
  }

  /**
   * Tracks the page if the complete response is one.
   *
   * @param now null if the visitor is not resolved
   */
  void ends(@Nullable Reconciliation now, HttpServletResponse response) {
    if (!parts.facts().tracksPages() || request.isOver() || now == null) {
      return;
    }
    if (!shown && measuredPage(now) && isShown(response)) {
      shown = true;
      decisions.trackPage(now);
    }
  }

  /**
   * Returns whether the request is a navigation that may be tracked: no prefetch, no HEAD, no
   * excluded path, and a code that the browser keeps.
   */
  private boolean measuredPage(Reconciliation now) {
    return now.exposure() && !now.outcome().isRequestOnly() && request.kind().isPageOfWindow();
  }

  /** Returns whether a browser shows the response as a new page. */
  private static boolean isShown(HttpServletResponse response) {
    int status = response.getStatus();
    String disposition = response.getHeader("Content-Disposition");
    return MediaType.of(response.getContentType()) == MediaType.PAGE
        && (status < HttpServletResponse.SC_MULTIPLE_CHOICES
            || status >= HttpServletResponse.SC_BAD_REQUEST)
        && status != HttpServletResponse.SC_NO_CONTENT
        && status != HttpServletResponse.SC_RESET_CONTENT
        && (disposition == null
            || !disposition.strip().toLowerCase(Locale.ROOT).startsWith("attachment"));
  }
}
