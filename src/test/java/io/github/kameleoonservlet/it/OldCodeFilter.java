package io.github.kameleoonservlet.it;

import io.github.kameleoonservlet.internal.kameleoon.ApplicationsClient;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * A filter of old code that calls Kameleoon's SDK for each file, and shows the result in a header.
 * Part of the deployed web app.
 */
public final class OldCodeFilter implements Filter {

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    Object client = request.getServletContext().getAttribute("oldClient");
    if (client instanceof ApplicationsClient sdk) {
      ((HttpServletResponse) response).setHeader("X-Code", sdk.visitorCode(request, response));
    }
    chain.doFilter(request, response);
  }
}
