package io.github.kameleoonservlet.servlet;

import jakarta.servlet.ServletRegistration;
import jakarta.servlet.http.HttpServletMapping;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.MappingMatch;

/** Tells which kind of servlet a request is mapped to. */
final class MappedServlet {

  private MappedServlet() {}

  /** Whether it is the {@link KameleoonVisitorServlet}. */
  static boolean isApi(HttpServletRequest request) {
    HttpServletMapping mapping = request.getHttpServletMapping();
    String name = mapping == null ? null : mapping.getServletName();
    ServletRegistration servlet =
        name == null ? null : request.getServletContext().getServletRegistration(name);
    return servlet != null
        && KameleoonVisitorServlet.class.getName().equals(servlet.getClassName());
  }

  /** Whether it is the server's own for files, which reads no attribute of ours. */
  static boolean isServersForFiles(HttpServletRequest request) {
    HttpServletMapping mapping = request.getHttpServletMapping();
    return mapping != null
        && mapping.getMappingMatch() == MappingMatch.DEFAULT
        && "default".equals(mapping.getServletName());
  }
}
