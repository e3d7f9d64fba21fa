package io.github.kameleoonservlet.servlet;

import io.github.kameleoonservlet.identity.Outcome;
import io.github.kameleoonservlet.identity.Reconciliation;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Tells the provider that a page begins and that the browser shows it, once for each navigation,
 * whatever the dispatches, and only if a setting asks for it.
 *
 * <p>Not thread-safe; {@link RequestVisitor} holds its lock around every call.
 */
final class PageVisit {

  private final FilterParts parts;
  private final HttpServletRequest request;
  private final RequestIdentity identity;
  private final RequestDecisions decisions;
  private boolean begun;
  private boolean shown;

  PageVisit(
      FilterParts parts,
      HttpServletRequest request,
      RequestIdentity identity,
      RequestDecisions decisions) {
    this.parts = parts;
    this.request = request;
    this.identity = identity;
    this.decisions = decisions;
  }

  /** Resolves the visitor of a response that is, or may become, a page. */
  void begins() {
    Reconciliation now = identity.resolved();
    if (!parts.facts().remoteVisitorData() || begun) {
      return;
    }
    // The platform remembers nothing of a new code. Robots without cookies get one for each page.
    if (measuredPage(now) && now.outcome() != Outcome.ISSUED) {
      begun = true;
      parts.decisions().pageBegins(now.code());
    }
  }

  /** Notes that a response is complete, which may be a page. */
  void ends(HttpServletResponse response) {
    if (!parts.facts().tracksPages() || shown) {
      return;
    }
    Reconciliation now = identity.resolvedSoFar();
    if (measuredPage(now) && isShown(response)) {
      shown = true;
      decisions.trackPage();
    }
  }

  /**
   * Returns whether the request is a navigation that may be tracked: no prefetch, no HEAD, no
   * excluded path, and a code that the browser keeps.
   */
  private boolean measuredPage(@Nullable Reconciliation now) {
    return now != null
        && !identity.over()
        && now.exposure()
        && !now.outcome().isRequestOnly()
        && parts.browser().navigation(request);
  }

  /** Returns whether a browser shows the response as a page, in place of the one before. */
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
