package io.github.kameleoonservlet.internal.http;

import jakarta.servlet.ServletResponse;
import jakarta.servlet.ServletResponseWrapper;
import jakarta.servlet.http.HttpServletResponse;

/** The wrappers around one response, from the outermost to the container's response. */
public final class ResponseChain {

  private ResponseChain() {}

  /**
   * Wraps a response for the application. If filters before this one have wrapped the response,
   * also installs a wrapper below the wrappers of those filters: Spring Security's wrapper reads
   * {@code Cache-Control} when the response is ready, and writes its {@code no-store} only if the
   * response has no such header.
   */
  public static HttpServletResponse wrap(
      HttpServletResponse response, VisitorHeaders headers, ShownVisitor visitor) {
    HttpServletResponse innermost = ContainerObjects.response(response);
    ServletResponse current = response;
    while (current instanceof ServletResponseWrapper wrapper) {
      current = wrapper.getResponse();
      if (current == innermost) {
        wrapper.setResponse(new VisitorResponse(innermost, headers, visitor));
      }
    }
    return new VisitorResponse(response, headers, visitor);
  }

  /** Returns whether a response is a {@link VisitorResponse} or wraps one. */
  public static boolean hasVisitorResponse(ServletResponse response) {
    ServletResponse current = response;
    while (current instanceof ServletResponseWrapper wrapper) {
      if (wrapper instanceof VisitorResponse) {
        return true;
      }
      current = wrapper.getResponse();
    }
    return false;
  }
}
