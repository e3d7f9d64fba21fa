package io.github.kameleoonservlet.internal.http;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/**
 * The path and query that the browser asked for, percent-encoded as the browser sent them.
 *
 * <p>The filter reads the URL when the request arrives, because Undertow changes its own request in
 * a forward. The filter may first get a request when the container has forwarded it (Tomcat's
 * form-login page) or shows an error page; then attributes of the container contain the URL of the
 * browser (Servlet 6.0 sections 9.4.2 and 10.9.1).
 *
 * @param path the path, which may contain a session id; null if the container has none
 * @param query the query without the question mark; null if there is none
 */
public record AskedUrl(@Nullable String path, @Nullable String query) {

  /** {@code RequestDispatcher.ERROR_QUERY_STRING}, a constant of Servlet 6.1 only. */
  private static final String ERROR_QUERY_STRING = "jakarta.servlet.error.query_string";

  private static final String ASYNC_REQUEST_URI = "jakarta.servlet.async.request_uri";
  private static final String ASYNC_QUERY_STRING = "jakarta.servlet.async.query_string";

  /** Returns the URL of a request; call at the first dispatch that reaches the filter. */
  public static AskedUrl of(HttpServletRequest request) {
    if (request.getDispatcherType() == DispatcherType.REQUEST) {
      return new AskedUrl(request.getRequestURI(), request.getQueryString());
    }
    // Tomcat shows an error page by a forward, whose attributes contain the query.
    AskedUrl asked =
        of(request, RequestDispatcher.FORWARD_REQUEST_URI, RequestDispatcher.FORWARD_QUERY_STRING);
    if (asked == null && request.getDispatcherType() == DispatcherType.ERROR) {
      asked = of(request, RequestDispatcher.ERROR_REQUEST_URI, ERROR_QUERY_STRING);
    }
    if (asked == null) {
      asked = of(request, ASYNC_REQUEST_URI, ASYNC_QUERY_STRING);
    }
    return asked == null ? new AskedUrl(request.getRequestURI(), request.getQueryString()) : asked;
  }

  private static @Nullable AskedUrl of(HttpServletRequest request, String path, String query) {
    return request.getAttribute(path) instanceof String uri
        ? new AskedUrl(uri, request.getAttribute(query) instanceof String text ? text : null)
        : null;
  }
}
