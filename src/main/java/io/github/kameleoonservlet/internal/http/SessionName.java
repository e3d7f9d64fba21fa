package io.github.kameleoonservlet.internal.http;

import jakarta.servlet.SessionCookieConfig;
import jakarta.servlet.http.HttpServletRequest;

/** The name of the application's session cookie. */
public final class SessionName {

  private static final String DEFAULT = "JSESSIONID";

  private SessionName() {}

  /** Returns the configured name; {@code JSESSIONID} if the application configures none. */
  public static String of(HttpServletRequest request) {
    SessionCookieConfig config = request.getServletContext().getSessionCookieConfig();
    // Null in an embedded Jetty without sessions.
    String name = config == null ? null : config.getName();
    return name == null || name.isEmpty() ? DEFAULT : name;
  }
}
