package io.github.kameleoonservlet.internal.http;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A web origin (RFC 6454). Two origins are equal if browsers treat them as the same origin. Scheme
 * and host are in lower case, and a default port is filled in. Immutable.
 *
 * @param scheme such as {@code https}
 * @param host a name, or an IPv6 address without its brackets
 * @param port the port; 0 if the text has none and the scheme has no default
 */
public record Origin(String scheme, String host, int port) {

  /**
   * The form of an origin (RFC 6454 section 6.2). {@link java.net.URI} is not used, because a
   * {@code URI} has no host if the name contains an underscore.
   */
  private static final Pattern FORM =
      Pattern.compile(
          "([A-Za-z][A-Za-z0-9+.-]*)://(?:\\[([^\\[\\]/?#@]+)]|([^\\[\\]/?#@:]+))(?::([0-9]{1,5}))?");

  /**
   * Parses the text of an {@code Origin} header.
   *
   * @return null if the text is not an origin, or is the opaque origin {@code null}
   */
  public static @Nullable Origin parse(String text) {
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

  /** Returns whether browsers reach the origin by https. */
  public boolean isSecure() {
    return scheme.equals("https");
  }

  /** Returns the origin as browsers write it, without a default port. */
  public String text() {
    boolean address = host.indexOf(':') >= 0;
    return scheme
        + "://"
        + (address ? "[" + host + "]" : host)
        + (port <= 0 || port == defaultPort(scheme) ? "" : ":" + port);
  }

  /**
   * Returns whether two origins differ at most in http and https, because a server behind a proxy
   * that ends TLS assumes http.
   */
  public boolean sameSite(Origin other) {
    boolean defaults = port == defaultPort(scheme) && other.port == defaultPort(other.scheme);
    return host.equals(other.host) && (defaults || port == other.port);
  }

  /**
   * Returns whether a server's name for a host means this host; an IPv6 address may have brackets.
   */
  boolean hasHost(String name) {
    boolean brackets = name.startsWith("[") && name.endsWith("]");
    return host.equalsIgnoreCase(brackets ? name.substring(1, name.length() - 1) : name);
  }
}
