package io.github.kameleoonservlet.internal.http;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The kind of a response's media type (RFC 9110 section 8.3.1). */
public enum MediaType {
  /** A page: HTML or XHTML. */
  PAGE,
  /** Any other media type. */
  OTHER,
  /** No media type, or a text for which a browser guesses the type. */
  UNKNOWN;

  private static final List<String> PAGES = List.of("text/html", "application/xhtml+xml");

  /** The special characters in the names of a media type (RFC 6838 section 4.2), and {@code _}. */
  private static final String SIGNS = "_!#$&^.+-";

  /**
   * Returns the kind of a {@code Content-Type} value, which may be null. For a text that is not of
   * the form {@code type/subtype}, with or without parameters, browsers guess the type (MIME
   * Sniffing, section 7). No regular expression is used, because each response calls this method
   * several times.
   */
  public static MediaType of(@Nullable String contentType) {
    if (contentType == null) {
      return UNKNOWN;
    }
    int start = afterBlanks(contentType, 0);
    int slash = afterName(contentType, start);
    if (slash == start || slash == contentType.length() || contentType.charAt(slash) != '/') {
      return UNKNOWN;
    }
    int end = afterName(contentType, slash + 1);
    int rest = afterBlanks(contentType, end);
    if (end == slash + 1 || (rest < contentType.length() && contentType.charAt(rest) != ';')) {
      return UNKNOWN;
    }
    for (String page : PAGES) {
      if (end - start == page.length()
          && contentType.regionMatches(true, start, page, 0, page.length())) {
        return PAGE;
      }
    }
    return OTHER;
  }

  private static int afterBlanks(String text, int start) {
    int index = start;
    while (index < text.length() && " \t\n\u000B\f\r".indexOf(text.charAt(index)) >= 0) {
      index++;
    }
    return index;
  }

  private static int afterName(String text, int start) {
    int index = start;
    while (index < text.length() && isOfName(text.charAt(index))) {
      index++;
    }
    return index;
  }

  private static boolean isOfName(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || SIGNS.indexOf(c) >= 0;
  }
}
