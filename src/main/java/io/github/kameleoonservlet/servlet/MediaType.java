package io.github.kameleoonservlet.servlet;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What the media type of an answer says (RFC 9110 section 8.3.1). */
enum MediaType {
  /** A page: HTML or XHTML. */
  PAGE,
  /** Anything else that is a media type. */
  OTHER,
  /** Nothing: there is none, or a text from which a browser must guess. */
  UNKNOWN;

  private static final Set<String> PAGES = Set.of("text/html", "application/xhtml+xml");

  /** Browsers guess where the type is none of this form (MIME Sniffing, section 7). */
  private static final Pattern TYPE =
      Pattern.compile("\\s*([\\w!#$&^.+-]+/[\\w!#$&^.+-]+)\\s*(?:;.*)?", Pattern.DOTALL);

  /** Reads the value of a {@code Content-Type}, or null. */
  static MediaType of(@Nullable String contentType) {
    Matcher type = TYPE.matcher(contentType == null ? "" : contentType);
    if (!type.matches()) {
      return UNKNOWN;
    }
    return PAGES.contains(type.group(1).toLowerCase(Locale.ROOT)) ? PAGE : OTHER;
  }
}
