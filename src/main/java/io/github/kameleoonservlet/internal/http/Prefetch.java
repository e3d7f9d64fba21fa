package io.github.kameleoonservlet.internal.http;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Enumeration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The recognition of requests for a page that the browser fetches before the user asks for the
 * page.
 *
 * <p>{@code Sec-Purpose} is the standard (Fetch, "Sec-Purpose"). The other headers come from older
 * and embedded browsers, and from scripts that prefetch links.
 */
final class Prefetch {

  private static final List<String> HEADERS =
      List.of("Sec-Purpose", "X-Sec-Purpose", "Purpose", "X-Purpose", "X-Moz");

  private static final Set<String> PURPOSES = Set.of("prefetch", "prerender", "preview");

  /** The separators of a structured field's members and their parameters (RFC 8941). */
  private static final Pattern SEPARATORS = Pattern.compile("[,;\"\\s]+");

  private Prefetch() {}

  /** Returns whether a header of the request marks the request as a prefetch. */
  static boolean is(HttpServletRequest request) {
    for (String header : HEADERS) {
      if (request.getHeader(header) == null) {
        // The usual case; an enumeration for each name would cost more than the rest.
        continue;
      }
      Enumeration<String> values = request.getHeaders(header);
      while (values != null && values.hasMoreElements()) {
        if (SEPARATORS
            .splitAsStream(values.nextElement().toLowerCase(Locale.ROOT))
            .anyMatch(PURPOSES::contains)) {
          return true;
        }
      }
    }
    return false;
  }
}
