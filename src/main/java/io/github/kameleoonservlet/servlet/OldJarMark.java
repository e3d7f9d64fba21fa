package io.github.kameleoonservlet.servlet;

import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletRequest;

/**
 * The attribute of the servlet context of an application whose filter did not start, because a jar
 * of the application is too old. The API reads the attribute.
 */
final class OldJarMark {

  private static final String ATTRIBUTE = OldJarMark.class.getName();

  private OldJarMark() {}

  static void set(ServletContext context) {
    context.setAttribute(ATTRIBUTE, true);
  }

  static void remove(ServletContext context) {
    if (context.getAttribute(ATTRIBUTE) != null) {
      context.removeAttribute(ATTRIBUTE);
    }
  }

  /** Returns whether the mark is in the servlet context of a request. */
  static boolean isSet(HttpServletRequest request) {
    return request.getServletContext().getAttribute(ATTRIBUTE) != null;
  }
}
