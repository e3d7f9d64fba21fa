package io.github.kameleoonservlet.benchmark;

import com.kameleoon.KameleoonClient;
import io.github.kameleoonservlet.Visitor;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Asks the SDK for the visitor code, which reads and writes the cookie, and sets the one attribute
 * that the SDK returns. The SDK knows no users.
 */
final class SdkFilter extends HttpFilter {

  private static final long serialVersionUID = 1L;

  private final transient KameleoonClient sdk;

  SdkFilter(KameleoonClient sdk) {
    this.sdk = sdk;
  }

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    request.setAttribute(
        Visitor.CODE_ATTRIBUTE,
        sdk.getVisitorCode(new JavaxRequest(request), new JavaxResponse(response)));
    chain.doFilter(request, response);
  }
}
