package io.github.kameleoonservlet.internal.http;

import io.github.kameleoonservlet.identity.VisitorCode;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/**
 * Reads the visitor codes out of a request's {@code Cookie} headers (RFC 6265 section 5.4).
 *
 * <p>Not through {@code getCookies()}: containers drop, cut or throw on odd cookies, each in its
 * own way. And not from a request that a filter before us has made: after a login Spring Security
 * gives the headers of the request that led to it. What is not valid counts as absent.
 */
public final class CookieHeader {

  /** The name that all of Kameleoon's SDKs use. */
  public static final String NAME = "kameleoonVisitorCode";

  private CookieHeader() {}

  /**
   * Returns the valid codes in the order sent.
   *
   * @param dropped receives the first value if none is a valid code
   */
  public static List<VisitorCode> codes(HttpServletRequest request, DroppedCodes dropped) {
    List<VisitorCode> codes = new ArrayList<>();
    String invalid = null;
    for (String value : values(request, NAME)) {
      Optional<VisitorCode> code = VisitorCode.parse(value);
      if (code.isPresent()) {
        codes.add(code.get());
      } else if (invalid == null) {
        invalid = value;
      }
    }
    if (invalid != null && codes.isEmpty()) {
      dropped.note(invalid, String.valueOf(request.getRemoteAddr()));
    }
    return codes.size() > 1 ? List.copyOf(new LinkedHashSet<>(codes)) : codes;
  }

  /** The values of all cookies of a name, in the order sent, without quotes around them. */
  public static List<String> values(HttpServletRequest request, String name) {
    List<String> values = new ArrayList<>(1);
    for (String header : lines(request)) {
      addValues(header, name, values);
    }
    return values;
  }

  /** Returns the values of the browser's {@code Cookie} headers. */
  public static List<String> lines(HttpServletRequest request) {
    Enumeration<String> headers = ContainerObjects.request(request).getHeaders("Cookie");
    return headers == null ? List.of() : Collections.list(headers);
  }

  private static void addValues(String header, String name, List<String> values) {
    int start = 0;
    while (start < header.length()) {
      int end = header.indexOf(';', start);
      end = end < 0 ? header.length() : end;
      // Creates no string for each cookie: a browser may send two hundred.
      int from = afterBlanks(header, start, end);
      if (header.startsWith(name, from)) {
        int equals = afterBlanks(header, from + name.length(), end);
        if (equals < end && header.charAt(equals) == '=') {
          values.add(unquoted(header.substring(equals + 1, end).trim()));
        }
      }
      start = end + 1;
    }
  }

  /** Returns the index of the first character that {@code trim()} would keep. */
  private static int afterBlanks(String text, int start, int end) {
    int index = start;
    while (index < end && text.charAt(index) <= ' ') {
      index++;
    }
    return index;
  }

  private static String unquoted(String value) {
    return value.length() >= 2 && value.startsWith("\"") && value.endsWith("\"")
        ? value.substring(1, value.length() - 1)
        : value;
  }
}
