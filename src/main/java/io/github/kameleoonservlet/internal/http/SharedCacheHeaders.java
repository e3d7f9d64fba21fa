package io.github.kameleoonservlet.internal.http;

import jakarta.servlet.http.HttpServletResponse;
import java.util.Collection;
import java.util.List;

/**
 * The headers that shared caches prefer to {@code Cache-Control}: {@code CDN-Cache-Control} and
 * every other name that ends in {@code -Cache-Control} (RFC 9213), and the headers of Edge
 * Architecture, Akamai and nginx.
 */
final class SharedCacheHeaders {

  private static final String OF_NGINX = "x-accel-expires";
  private static final String FORM = "-cache-control";
  private static final List<String> OTHERS = List.of("surrogate-control", "edge-control", OF_NGINX);

  private SharedCacheHeaders() {}

  /** Returns whether shared caches prefer a header to {@code Cache-Control}. */
  static boolean has(String name) {
    int length = FORM.length();
    if (name.regionMatches(true, name.length() - length, FORM, 0, length)) {
      return true;
    }
    for (String other : OTHERS) {
      if (other.equalsIgnoreCase(name)) {
        return true;
      }
    }
    return false;
  }

  /** Returns whether such a header allows shared caches to store a response. */
  static boolean allowIn(HttpServletResponse response) {
    return response.getHeaderNames().stream()
        .anyMatch(
            name ->
                has(name)
                    && !List.copyOf(response.getHeaders(name)).equals(List.of(nothing(name))));
  }

  /** Replaces the value of each such header in a response by one that forbids storing. */
  static void turnOff(HttpServletResponse response) {
    Collection<String> names = response.getHeaderNames();
    if (anyIn(names)) {
      for (String name : List.copyOf(names)) {
        if (has(name)) {
          response.setHeader(name, nothing(name));
        }
      }
    }
  }

  private static boolean anyIn(Collection<String> names) {
    for (String name : names) {
      if (has(name)) {
        return true;
      }
    }
    return false;
  }

  private static String nothing(String name) {
    // nginx accepts only a number.
    return name.equalsIgnoreCase(OF_NGINX) ? "0" : "no-store";
  }
}
