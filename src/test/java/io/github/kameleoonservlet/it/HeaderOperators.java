package io.github.kameleoonservlet.it;

import io.github.kameleoonservlet.AccessDecider;
import jakarta.servlet.http.HttpServletRequest;

/** Operators are the senders of a header, or of a query. Part of the deployed web apps. */
public final class HeaderOperators implements AccessDecider {

  static final String LINE = "X-Operator: yes\r\n";

  @Override
  public boolean isAllowed(HttpServletRequest request) {
    return request.getHeader("X-Operator") != null
        || String.valueOf(request.getQueryString()).startsWith("operator=yes");
  }
}
