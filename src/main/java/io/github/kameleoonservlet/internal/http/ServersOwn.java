package io.github.kameleoonservlet.internal.http;

import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.ServletResponseWrapper;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/** Finds what the server itself made, below the wrappers of the filters before us. */
public final class ServersOwn {

  private ServersOwn() {}

  public static HttpServletRequest request(HttpServletRequest request) {
    HttpServletRequest own = request;
    for (ServletRequest next = request; next instanceof ServletRequestWrapper wrapper; ) {
      next = wrapper.getRequest();
      own = next instanceof HttpServletRequest http ? http : own;
    }
    return own;
  }

  public static HttpServletResponse response(HttpServletResponse response) {
    HttpServletResponse own = response;
    for (ServletResponse next = response; next instanceof ServletResponseWrapper wrapper; ) {
      next = wrapper.getResponse();
      own = next instanceof HttpServletResponse http ? http : own;
    }
    return own;
  }
}
