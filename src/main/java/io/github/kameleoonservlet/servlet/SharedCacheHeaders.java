package io.github.kameleoonservlet.servlet;

import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The headers that shared caches prefer to {@code Cache-Control}: {@code CDN-Cache-Control} and all
 * names of its form (RFC 9213), and those of Edge Architecture, Akamai and nginx.
 */
final class SharedCacheHeaders {

  private static final String OF_NGINX = "x-accel-expires";
  private static final Set<String> OTHERS = Set.of("surrogate-control", "edge-control", OF_NGINX);

  private SharedCacheHeaders() {}

  /** Returns whether a header is one of these. */
  static boolean has(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.endsWith("-cache-control") || OTHERS.contains(lower);
  }

  /**
   * Returns whether a response has such a header that allows a shared cache to store the response.
   */
  static boolean allowIn(HttpServletResponse response) {
    return response.getHeaderNames().stream()
        .anyMatch(
            name ->
                has(name)
                    && !List.copyOf(response.getHeaders(name)).equals(List.of(nothing(name))));
  }

  /** Replaces the value of each such header in a response by one that forbids storing. */
  static void turnOff(HttpServletResponse response) {
    for (String name : List.copyOf(response.getHeaderNames())) {
      if (has(name)) {
        response.setHeader(name, nothing(name));
      }
    }
  }

  private static String nothing(String name) {
    // nginx accepts only a number.
    return name.equalsIgnoreCase(OF_NGINX) ? "0" : "no-store";
  }
}
