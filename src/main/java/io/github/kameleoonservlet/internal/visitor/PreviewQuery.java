package io.github.kameleoonservlet.internal.visitor;

import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The parameter {@code kameleoonPreview} in the query of a URL. The query stays percent-encoded,
 * because the values of the parameter have no character that needs encoding. Pure functions.
 */
final class PreviewQuery {

  private static final String PARAMETER = PreviewReader.NAME + "=";

  private PreviewQuery() {}

  /** Returns the first value of the parameter; null if the query does not have the parameter. */
  static @Nullable String parameter(@Nullable String query) {
    int start = query == null ? -1 : query.indexOf(PARAMETER);
    while (query != null && start > 0 && query.charAt(start - 1) != '&') {
      start = query.indexOf(PARAMETER, start + 1);
    }
    if (query == null || start < 0) {
      return null;
    }
    int end = query.indexOf('&', start);
    return query.substring(start + PARAMETER.length(), end < 0 ? query.length() : end);
  }

  /**
   * Returns a query with a value of the parameter, in place of earlier values.
   *
   * @param query a query, which may be empty or null
   */
  static String with(@Nullable String query, String value) {
    return Stream.concat(others(query), Stream.of(PARAMETER + value))
        .collect(Collectors.joining("&"));
  }

  private static Stream<String> others(@Nullable String query) {
    return Arrays.stream(query == null ? new String[0] : query.split("&"))
        .filter(part -> !part.isEmpty() && !part.startsWith(PARAMETER));
  }

  /** Returns a query without the parameter; null if nothing is left. */
  static @Nullable String without(@Nullable String query) {
    if (parameter(query) == null) {
      return query;
    }
    String rest = others(query).collect(Collectors.joining("&"));
    return rest.isEmpty() ? null : rest;
  }

  /** Returns a URL without the parameter in its query. */
  static String withoutIn(String url) {
    int start = url.indexOf('?');
    if (start < 0) {
      return url;
    }
    int fragment = url.indexOf('#', start);
    int end = fragment < 0 ? url.length() : fragment;
    String query = without(url.substring(start + 1, end));
    return url.substring(0, start) + (query == null ? "" : "?" + query) + url.substring(end);
  }
}
