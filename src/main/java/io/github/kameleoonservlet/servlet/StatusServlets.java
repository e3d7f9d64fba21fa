package io.github.kameleoonservlet.servlet;

import io.github.kameleoonservlet.internal.config.Parameters;
import io.github.kameleoonservlet.internal.config.StatusSettings;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRegistration;

/**
 * The check of the status servlets of an application at the start of the filter, because servers do
 * not fail a deployment for the fault of a servlet.
 */
final class StatusServlets {

  private StatusServlets() {}

  /**
   * Checks the init-params of all status servlets.
   *
   * @throws ServletException if one is wrong
   */
  static void check(ServletContext context) throws ServletException {
    for (ServletRegistration servlet : context.getServletRegistrations().values()) {
      if (KameleoonStatusServlet.class.getName().equals(servlet.getClassName())) {
        StatusSettings.operators(
            Parameters.ofServlet(
                servlet.getName(), servlet.getInitParameters(), context, System::getenv));
      }
    }
  }
}
