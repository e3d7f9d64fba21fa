package io.github.kameleoonservlet.servlet;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A web origin (RFC 6454): two of them are equal when browsers take them for the same. Scheme and
 * host are in lower case, and a default port is written out. Immutable.
 *
 * @param scheme such as {@code https}
 * @param host a name, or an IPv6 address without its brackets
 * @param port the port, 0 when the text has none and the scheme has no default
 */
record Origin(String scheme, String host, int port) {

  /** RFC 6454 section 6.2. By hand: a {@link java.net.URI} with an underscore has no host. */
  private static final Pattern FORM =
      Pattern.compile(
          "([A-Za-z][A-Za-z0-9+.-]*)://(?:\\[([^\\[\\]/?#@]+)]|([^\\[\\]/?#@:]+))(?::([0-9]{1,5}))?");

  /**
   * Reads the text of an {@code Origin} header.
   *
   * @return null when the text is no origin, as is the opaque origin {@code null}
   */
  static @Nullable Origin parse(String text) {
    Matcher parts = FORM.matcher(text);
    if (!parts.matches()) {
      return null;
    }
    String scheme = parts.group(1).toLowerCase(Locale.ROOT);
    String host = parts.group(2) == null ? parts.group(3) : parts.group(2);
    String port = parts.group(4);
    return new Origin(
        scheme,
        host.toLowerCase(Locale.ROOT),
        port == null ? defaultPort(scheme) : Integer.parseInt(port));
  }

  private static int defaultPort(String scheme) {
    return switch (scheme) {
      case "https" -> 443;
      case "http" -> 80;
      default -> 0;
    };
  }

  /** Whether the host is the one that a server calls so, an IPv6 address with brackets or not. */
  boolean hasHost(String name) {
    boolean brackets = name.startsWith("[") && name.endsWith("]");
    return host.equalsIgnoreCase(brackets ? name.substring(1, name.length() - 1) : name);
  }
}
