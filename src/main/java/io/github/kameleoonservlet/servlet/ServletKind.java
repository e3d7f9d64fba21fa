package io.github.kameleoonservlet.servlet;

import jakarta.servlet.ServletRegistration;
import jakarta.servlet.http.HttpServletMapping;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.MappingMatch;

/** The kind of servlet that a request is mapped to. */
enum ServletKind {
  /** The {@link KameleoonVisitorServlet}. */
  API,
  /** The {@link KameleoonStatusServlet}, whose requests have no visitor. */
  STATUS,
  /** The container's servlet for files, which reads no attribute of this library. */
  FILES,
  /** A servlet of the application, or none. */
  OTHER;

  /**
   * Returns the kind of a request's servlet. Reads the mapping once, because Tomcat creates a new
   * mapping for each call.
   */
  static ServletKind of(HttpServletRequest request) {
    HttpServletMapping mapping = request.getHttpServletMapping();
    String name = mapping == null ? null : mapping.getServletName();
    if (mapping == null || name == null) {
      return OTHER;
    }
    ServletRegistration servlet = request.getServletContext().getServletRegistration(name);
    String type = servlet == null ? null : servlet.getClassName();
    if (KameleoonVisitorServlet.class.getName().equals(type)) {
      return API;
    }
    if (KameleoonStatusServlet.class.getName().equals(type)) {
      return STATUS;
    }
    return mapping.getMappingMatch() == MappingMatch.DEFAULT && "default".equals(name)
        ? FILES
        : OTHER;
  }
}
