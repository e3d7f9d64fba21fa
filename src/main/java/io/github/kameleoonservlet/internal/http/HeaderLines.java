package io.github.kameleoonservlet.internal.http;

import jakarta.servlet.http.HttpServletResponse;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** The lines of one header of a response. */
final class HeaderLines {

  private HeaderLines() {}

  /**
   * Returns whether a response has a line that starts with a text. If the response does not list
   * its headers, as some classes from before Servlet 3.0, any line of the name counts.
   */
  static boolean has(HttpServletResponse response, String name, String start) {
    Collection<String> values = response.getHeaders(name);
    return values.isEmpty() ? response.containsHeader(name) : anyStartsWith(values, start);
  }

  private static boolean anyStartsWith(Collection<String> values, String start) {
    for (String value : values) {
      if (value.startsWith(start)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Returns the lines of a header. Checks first whether the header exists, because servers copy all
   * lines.
   */
  static Collection<String> of(HttpServletResponse response, String name) {
    return response.containsHeader(name) ? response.getHeaders(name) : List.of();
  }

  /** Replaces the lines that start with a text, if there are any, by others. */
  static void replace(HttpServletResponse response, String name, String start, List<String> lines) {
    Collection<String> present = of(response, name);
    if (present.isEmpty() || !anyStartsWith(present, start)) {
      for (String line : lines) {
        response.addHeader(name, line);
      }
      return;
    }
    // A single line cannot be removed, so the other lines are written again in their order.
    List<String> all = new ArrayList<>(present);
    all.removeIf(line -> line.startsWith(start));
    all.addAll(lines);
    response.setHeader(name, all.get(0));
    all.subList(1, all.size()).forEach(line -> response.addHeader(name, line));
  }
}
