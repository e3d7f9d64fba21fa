package io.github.kameleoonservlet.installer;

import java.util.List;

/** A {@code <filter-mapping>}. */
record FilterMapping(
    String filter, List<String> patterns, List<String> dispatchers, XmlElement element) {

  static FilterMapping of(XmlElement element) {
    return new FilterMapping(
        element.childText("filter-name"),
        element.childTexts("url-pattern"),
        element.childTexts("dispatcher"),
        element);
  }

  /** Returns whether the filter runs for every request of a client. */
  boolean coversRequests() {
    return seesRequests() && patterns.contains("/*");
  }

  /** Returns whether the filter runs for every request to the paths of a pattern. */
  boolean coversRequests(String urlPattern) {
    return seesRequests()
        && patterns.stream()
            .anyMatch(
                pattern ->
                    pattern.equals(urlPattern)
                        || (pattern.endsWith("/*")
                            && urlPattern.startsWith(pattern.substring(0, pattern.length() - 1))));
  }

  /**
   * Returns whether the filter runs for requests of clients by their paths. Only the order of such
   * mappings counts: containers run mappings to servlets after them.
   */
  boolean seesRequests() {
    return !patterns.isEmpty() && (dispatchers.isEmpty() || dispatchers.contains("REQUEST"));
  }
}
