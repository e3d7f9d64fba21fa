package io.github.kameleoonservlet.servlet;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;

/**
 * Matches request paths against patterns as in a servlet mapping: {@code *.ext}, {@code /dir/*} or
 * an exact path. Extensions compare without case. Immutable and thread-safe.
 */
final class PathPatterns {

  private final List<String> patterns;

  /**
   * Takes the patterns.
   *
   * @throws IllegalArgumentException for a pattern of another form
   */
  PathPatterns(List<String> patterns) {
    for (String pattern : patterns) {
      boolean extension = pattern.matches("[*][.].+") && pattern.indexOf('*', 1) < 0;
      boolean path = pattern.startsWith("/") && pattern.indexOf('*') < 0;
      if (!extension && !path && !directory(pattern)) {
        throw new IllegalArgumentException("*.ext, /dir/* or /exact/path, separated by commas");
      }
    }
    this.patterns = List.copyOf(patterns);
  }

  /** Whether one of the patterns matches the decoded path within the web application. */
  boolean matches(HttpServletRequest request) {
    String info = request.getPathInfo();
    String path = info == null ? request.getServletPath() : request.getServletPath() + info;
    for (String pattern : patterns) {
      if (matches(pattern, path)) {
        return true;
      }
    }
    return false;
  }

  private static boolean matches(String pattern, String path) {
    if (pattern.startsWith("*")) {
      int extension = pattern.length() - 1;
      return path.regionMatches(true, path.length() - extension, pattern, 1, extension);
    }
    if (directory(pattern)) {
      String directory = pattern.substring(0, pattern.length() - 2);
      return path.equals(directory) || path.startsWith(directory + "/");
    }
    return path.equals(pattern);
  }

  private static boolean directory(String pattern) {
    return pattern.startsWith("/")
        && pattern.endsWith("/*")
        && pattern.indexOf('*') == pattern.length() - 1;
  }
}
