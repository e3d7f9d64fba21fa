package io.github.kameleoonservlet.servlet;

import jakarta.servlet.http.HttpServletRequest;

/** The name of the application's session cookie. */
final class SessionName {

  private static final String DEFAULT = "JSESSIONID";

  private SessionName() {}

  static String of(HttpServletRequest request) {
    String name = request.getServletContext().getSessionCookieConfig().getName();
    return name == null || name.isEmpty() ? DEFAULT : name;
  }
}
