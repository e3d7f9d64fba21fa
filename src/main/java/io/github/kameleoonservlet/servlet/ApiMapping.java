package io.github.kameleoonservlet.servlet;

import jakarta.servlet.ServletRegistration;
import jakarta.servlet.http.HttpServletMapping;
import jakarta.servlet.http.HttpServletRequest;

/** Tells whether a request is mapped to the {@link KameleoonVisitorServlet}. */
final class ApiMapping {

  private ApiMapping() {}

  static boolean reaches(HttpServletRequest request) {
    HttpServletMapping mapping = request.getHttpServletMapping();
    String name = mapping == null ? null : mapping.getServletName();
    ServletRegistration servlet =
        name == null ? null : request.getServletContext().getServletRegistration(name);
    return servlet != null
        && KameleoonVisitorServlet.class.getName().equals(servlet.getClassName());
  }
}
