package io.github.kameleoonservlet.internal.http;

import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.ServletResponseWrapper;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/**
 * The unwrapping of requests and responses: finds the objects that the container created, below the
 * wrappers of all filters.
 */
final class ContainerObjects {

  private ContainerObjects() {}

  /** Returns the innermost HTTP request; the argument itself if it is no wrapper. */
  static HttpServletRequest request(HttpServletRequest request) {
    HttpServletRequest innermost = request;
    for (ServletRequest next = request; next instanceof ServletRequestWrapper wrapper; ) {
      next = wrapper.getRequest();
      innermost = next instanceof HttpServletRequest http ? http : innermost;
    }
    return innermost;
  }

  /** Returns the innermost HTTP response; the argument itself if it is no wrapper. */
  static HttpServletResponse response(HttpServletResponse response) {
    HttpServletResponse innermost = response;
    for (ServletResponse next = response; next instanceof ServletResponseWrapper wrapper; ) {
      next = wrapper.getResponse();
      innermost = next instanceof HttpServletResponse http ? http : innermost;
    }
    return innermost;
  }
}
