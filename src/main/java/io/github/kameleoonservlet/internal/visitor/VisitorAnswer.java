package io.github.kameleoonservlet.internal.visitor;

import io.github.kameleoonservlet.Visitor;
import io.github.kameleoonservlet.identity.Outcome;
import io.github.kameleoonservlet.internal.http.IncomingRequest;
import io.github.kameleoonservlet.internal.http.OfferedCookie;
import io.github.kameleoonservlet.internal.http.VisitorCookieWriter;
import io.github.kameleoonservlet.internal.http.VisitorHeaders;
import io.github.kameleoonservlet.internal.reconcile.Reconciliation;
import io.github.kameleoonservlet.internal.reconcile.Reconciliation.CookieAction;

/**
 * The cookie and the code attribute of one response, with the resolved code. Not thread-safe;
 * {@link RequestScope} holds its lock around every call.
 */
final class VisitorAnswer {

  private final VisitorCookieWriter cookies;
  private final IncomingRequest request;
  private final VisitorHeaders headers;
  private boolean cookieChanged;

  VisitorAnswer(VisitorCookieWriter cookies, IncomingRequest request, VisitorHeaders headers) {
    this.cookies = cookies;
    this.request = request;
    this.headers = headers;
    if (request.isExcluded()) {
      // Another web application may have dispatched the request with its attribute.
      request.servletRequest().removeAttribute(Visitor.CODE_ATTRIBUTE);
    }
  }

  /**
   * Makes a new code request-only if the response, during which nothing read the visitor, can no
   * longer carry the cookie.
   *
   * @param now a resolution with a new code
   */
  Reconciliation unlessMissed(Reconciliation now) {
    boolean missed = request.isOver() ? headers.holdsCookieBack() : headers.missedCookie();
    return missed
        ? new Reconciliation(now.code(), Outcome.UNRESOLVED, CookieAction.LEAVE, false)
        : now;
  }

  /** Sets the code attribute, and writes or offers the cookie with the same code. */
  void publish(Reconciliation now) {
    if (request.isExcluded()) {
      // The attribute is not set either. A string cannot report a read by a framework that is a
      // filter, and the container's servlet for files gets no request wrapper that could report a
      // read.
      return;
    }
    request.servletRequest().setAttribute(Visitor.CODE_ATTRIBUTE, now.code().value());
    if (now.observed() != null) {
      return;
    }
    boolean page = request.kind().isNavigation();
    switch (now.cookie()) {
      case WRITE, REWRITE -> {
        cookieChanged = true;
        // Any response corrects the cookie of a user's browser.
        headers.offer(page, cookie(now), now.outcome() != Outcome.ISSUED && !isConditional());
      }
      case REFRESH -> {
        if (page) {
          // Of two cookies one is a twin with another Domain, which would come first again; an old
          // "_js_" text may be host-only and become such a twin.
          cookieChanged |= !request.cookies().haveOnly(now.code());
        }
        headers.offer(page, page ? cookie(now) : null, /* atOnce= */ false);
      }
      case DELETE -> {
        headers.offer(page, null, /* atOnce= */ false);
        // Deleting makes the response private, so a browser without the cookie gets no deletion.
        if (headers.hasCookie() || request.cookies().haveVisitor()) {
          headers.setCookie(cookies.delete(request.kind()));
        }
      }
      // There is no code that the browser should have.
      case LEAVE -> headers.offer(page, null, /* atOnce= */ false);
    }
  }

  private OfferedCookie cookie(Reconciliation now) {
    return cookies.set(request, now.code(), cookieChanged);
  }

  /**
   * Returns whether the response may be a 304, whose headers a cache adds to the stored response.
   */
  private boolean isConditional() {
    return request.servletRequest().getHeader("If-None-Match") != null
        || request.servletRequest().getHeader("If-Modified-Since") != null;
  }
}
