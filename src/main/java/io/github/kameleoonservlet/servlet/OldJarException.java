package io.github.kameleoonservlet.servlet;

import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletRequest;

/** Thrown if the library cannot work with an old jar of the application. */
final class OldJarException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** The attribute of the servlet context of an application whose filter has not started. */
  private static final String ATTRIBUTE = OldJarException.class.getName();

  OldJarException(LinkageError fault) {
    super(fault.toString(), fault);
  }

  /** Notes whether an old jar has kept the filter of an application from starting. */
  static void note(ServletContext context, boolean prevented) {
    if (prevented) {
      context.setAttribute(ATTRIBUTE, true);
    } else if (context.getAttribute(ATTRIBUTE) != null) {
      context.removeAttribute(ATTRIBUTE);
    }
  }

  /** Returns whether an old jar has kept the filter of the request's application from starting. */
  static boolean isNoted(HttpServletRequest request) {
    return request.getServletContext().getAttribute(ATTRIBUTE) != null;
  }
}
