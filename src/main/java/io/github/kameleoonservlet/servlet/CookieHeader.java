package io.github.kameleoonservlet.servlet;

import io.github.kameleoonservlet.identity.VisitorCode;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads the visitor codes out of a request's {@code Cookie} headers (RFC 6265 section 5.4).
 *
 * <p>Not through {@code getCookies()}: containers drop, cut or throw on odd cookies, each in its
 * own way. And not from a request that a filter before us has made: after a login Spring Security
 * gives the headers of the request that led to it. What is not valid counts as absent.
 */
final class CookieHeader {

  /** The name that all of Kameleoon's SDKs use. */
  static final String NAME = "kameleoonVisitorCode";

  private CookieHeader() {}

  /**
   * Returns the valid codes in the order sent.
   *
   * @param dropped receives the first value if none is a valid code
   */
  static List<VisitorCode> codes(HttpServletRequest request, DroppedCodes dropped) {
    Set<VisitorCode> codes = new LinkedHashSet<>();
    String invalid = null;
    for (String value : values(request, NAME)) {
      Optional<VisitorCode> code = VisitorCode.parse(value);
      code.ifPresent(codes::add);
      if (code.isEmpty() && invalid == null) {
        invalid = value;
      }
    }
    if (invalid != null && codes.isEmpty()) {
      dropped.note(invalid, String.valueOf(request.getRemoteAddr()));
    }
    return List.copyOf(codes);
  }

  /** The values of all cookies of a name, in the order sent, without quotes around them. */
  static List<String> values(HttpServletRequest request, String name) {
    List<String> values = new ArrayList<>();
    lines(request).forEach(header -> addValues(header, name, values));
    return values;
  }

  /** Returns the values of the browser's {@code Cookie} headers. */
  static List<String> lines(HttpServletRequest request) {
    Enumeration<String> headers = ServersOwn.request(request).getHeaders("Cookie");
    return headers == null ? List.of() : Collections.list(headers);
  }

  private static void addValues(String header, String name, List<String> values) {
    int start = 0;
    while (start < header.length()) {
      int end = header.indexOf(';', start);
      end = end < 0 ? header.length() : end;
      String pair = header.substring(start, end).trim();
      if (pair.startsWith(name)) {
        String rest = pair.substring(name.length()).trim();
        if (rest.startsWith("=")) {
          values.add(unquoted(rest.substring(1).trim()));
        }
      }
      start = end + 1;
    }
  }

  private static String unquoted(String value) {
    return value.length() >= 2 && value.startsWith("\"") && value.endsWith("\"")
        ? value.substring(1, value.length() - 1)
        : value;
  }
}
