package io.github.kameleoonservlet.it;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * A filter in front of the library that calls {@code getReader()} or {@code getWriter()}, as the
 * parameter {@code ?take=} names. Part of the deployed web apps.
 */
public final class TakesFirst extends HttpFilter {

  private static final long serialVersionUID = 1L;

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    String take = request.getQueryString();
    if ("take=reader".equals(take)) {
      request.getReader();
    } else if ("take=writer".equals(take)) {
      response.getWriter();
    }
    chain.doFilter(request, response);
  }
}
