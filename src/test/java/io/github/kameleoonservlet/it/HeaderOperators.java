package io.github.kameleoonservlet.it;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.IOException;

/**
 * Gives the role "operator" to the senders of a header, or of a query. Part of the deployed web
 * apps. No class that implements a type of the library, because the class loaders of Jetty's
 * adapters find the classes of a web app on the class path of these tests first, which does not
 * have the library.
 */
public final class HeaderOperators implements Filter {

  static final String LINE = "X-Operator: yes\r\n";

  private static final String ROLE = "operator";

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    HttpServletRequest asked = (HttpServletRequest) request;
    boolean operator =
        asked.getHeader("X-Operator") != null
            || String.valueOf(asked.getQueryString()).startsWith("operator=yes");
    chain.doFilter(operator ? new Operator(asked) : asked, response);
  }

  private static final class Operator extends HttpServletRequestWrapper {

    Operator(HttpServletRequest request) {
      super(request);
    }

    @Override
    public boolean isUserInRole(String role) {
      return role.equals(ROLE) || super.isUserInRole(role);
    }
  }
}
