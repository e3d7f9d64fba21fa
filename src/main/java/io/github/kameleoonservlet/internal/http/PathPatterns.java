package io.github.kameleoonservlet.internal.http;

import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.List;

/**
 * Patterns of request paths, as in a servlet mapping: {@code *.ext}, {@code /dir/*} or an exact
 * path. Extensions compare without case. Immutable and thread-safe.
 */
public final class PathPatterns {

  /** The patterns {@code *.ext} without their star. */
  private final List<String> extensions = new ArrayList<>();

  private final List<String> directories = new ArrayList<>();
  private final List<String> exactPaths = new ArrayList<>();

  /**
   * Creates the patterns from their texts.
   *
   * @throws IllegalArgumentException for a pattern of another form
   */
  public PathPatterns(List<String> patterns) {
    for (String pattern : patterns) {
      boolean extension = pattern.matches("[*][.].+") && pattern.indexOf('*', 1) < 0;
      boolean path = pattern.startsWith("/") && pattern.indexOf('*') < 0;
      if (extension) {
        extensions.add(pattern.substring(1));
      } else if (directory(pattern)) {
        directories.add(pattern.substring(0, pattern.length() - "/*".length()));
      } else if (path) {
        exactPaths.add(pattern);
      } else {
        throw new IllegalArgumentException("*.ext, /dir/* or /exact/path, separated by commas");
      }
    }
  }

  /**
   * Returns whether a pattern matches the decoded path within the web application. No pattern
   * matches a path that the server does not decode.
   */
  public boolean matches(HttpServletRequest request) {
    try {
      String info = request.getPathInfo();
      return matches(info == null ? request.getServletPath() : request.getServletPath() + info);
    } catch (IllegalArgumentException e) {
      // Jetty 12 throws for an ambiguous path that its UriCompliance allows. The application may
      // respond to the path, because it need not read the path in this form.
      return false;
    }
  }

  private boolean matches(String path) {
    return (path.indexOf('.') >= 0 && hasExtension(path))
        || exactPaths.contains(path)
        || isInDirectory(path);
  }

  private boolean hasExtension(String path) {
    for (String extension : extensions) {
      int length = extension.length();
      if (path.regionMatches(true, path.length() - length, extension, 0, length)) {
        return true;
      }
    }
    return false;
  }

  private boolean isInDirectory(String path) {
    for (String directory : directories) {
      if (path.startsWith(directory)
          && (path.length() == directory.length() || path.charAt(directory.length()) == '/')) {
        return true;
      }
    }
    return false;
  }

  private static boolean directory(String pattern) {
    return pattern.startsWith("/")
        && pattern.endsWith("/*")
        && pattern.indexOf('*') == pattern.length() - 1;
  }
}
