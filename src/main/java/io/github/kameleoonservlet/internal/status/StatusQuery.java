package io.github.kameleoonservlet.internal.status;

import jakarta.servlet.http.HttpServletRequest;
import java.io.UnsupportedEncodingException;
import org.jspecify.annotations.Nullable;

/**
 * What an operator asks for, with bounded texts. Immutable.
 *
 * @param code the visitor code to explain; empty for that of the browser, null for none
 * @param page the page for conditions or of a link, or null
 * @param token the signed text of the form that makes links, or null
 * @param choice the variation of a link, and its feature after a colon; or null
 * @param hours how long a link works, or null
 */
record StatusQuery(
    @Nullable String code,
    @Nullable String page,
    @Nullable String token,
    @Nullable String choice,
    @Nullable String hours) {

  private static final int LONGEST_CODE = 200;
  private static final int LONGEST_PAGE = 2000;

  /**
   * Reads the parameters of a request. A parameter that the server cannot decode is absent.
   *
   * @throws UnsupportedEncodingException never, because every Java platform has UTF-8
   */
  static StatusQuery of(HttpServletRequest request) throws UnsupportedEncodingException {
    if (request.getCharacterEncoding() == null) {
      // The page is UTF-8. Browsers send no charset with a form, and Tomcat reads ISO-8859-1.
      request.setCharacterEncoding("UTF-8");
    }
    return new StatusQuery(
        parameter(request, "code", LONGEST_CODE),
        parameter(request, "page", LONGEST_PAGE),
        parameter(request, "token", LONGEST_PAGE),
        parameter(request, "choice", LONGEST_PAGE),
        parameter(request, "hours", LONGEST_CODE));
  }

  private static @Nullable String parameter(HttpServletRequest request, String name, int longest) {
    String value;
    try {
      value = request.getParameter(name);
    } catch (RuntimeException e) {
      // Servlet 6.1 and Jetty throw for an invalid encoding.
      return null;
    }
    return value == null || value.length() <= longest ? value : value.substring(0, longest);
  }
}
