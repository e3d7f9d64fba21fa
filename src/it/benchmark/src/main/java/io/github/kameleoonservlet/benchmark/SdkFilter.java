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
 * Reads the visitor code by the SDK, which reads and writes the cookie, and sets the only attribute
 * that the SDK can provide. The SDK has no concept of users.
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
