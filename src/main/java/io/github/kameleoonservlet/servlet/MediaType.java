package io.github.kameleoonservlet.servlet;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The kind of a response's media type (RFC 9110 section 8.3.1). */
enum MediaType {
  /** A page: HTML or XHTML. */
  PAGE,
  /** Any other media type. */
  OTHER,
  /** No media type, or a text for which a browser guesses the type. */
  UNKNOWN;

  private static final Set<String> PAGES = Set.of("text/html", "application/xhtml+xml");

  /**
   * The form of a media type. For any other text browsers guess the type (MIME Sniffing, section
   * 7).
   */
  private static final Pattern TYPE =
      Pattern.compile("\\s*([\\w!#$&^.+-]+/[\\w!#$&^.+-]+)\\s*(?:;.*)?", Pattern.DOTALL);

  /** Returns the kind of a {@code Content-Type} value, which may be null. */
  static MediaType of(@Nullable String contentType) {
    Matcher type = TYPE.matcher(contentType == null ? "" : contentType);
    if (!type.matches()) {
      return UNKNOWN;
    }
    return PAGES.contains(type.group(1).toLowerCase(Locale.ROOT)) ? PAGE : OTHER;
  }
}
