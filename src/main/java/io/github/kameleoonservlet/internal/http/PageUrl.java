package io.github.kameleoonservlet.internal.http;

import io.github.kameleoonservlet.internal.targeting.HeaderText;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The URL of a page as a browser shows it in {@code location.href}: absolute, percent-encoded,
 * without a default port. This class also removes session id and fragment.
 */
public final class PageUrl {

  /** The maximum length of a URL; a longer one counts as missing. */
  public static final int MAX_LENGTH = 8192;

  /** The characters that browsers escape in a path (URL standard, "percent-encode sets"). */
  private static final String ESCAPED_IN_PATH = " \"<>`{}?#";

  private static final String ESCAPED_IN_QUERY = " \"<>'#";

  /** The space for an origin of usual length. */
  private static final int ORIGIN_LENGTH = 40;

  private static final String IN_ADDRESSES = "0123456789abcdef:.";
  private static final String SEPARATOR = "://";

  private PageUrl() {}

  /**
   * Returns the URL of a request.
   *
   * @param origin the origin of the site
   * @param asked the path and query that the browser sent
   * @param sessionName the name of the session cookie
   * @return null if the request has no path or an invalid host, or if the URL is too long
   */
  public static @Nullable String of(Origin origin, AskedUrl asked, String sessionName) {
    String path = asked.path();
    String query = asked.query();
    if (path == null
        || !path.startsWith("/")
        || path.length() > MAX_LENGTH
        || (query != null && query.length() > MAX_LENGTH)
        || !isHost(origin.host())) {
      return null;
    }
    StringBuilder url =
        new StringBuilder(path.length() + (query == null ? 0 : query.length()) + ORIGIN_LENGTH);
    url.append(origin.text());
    escape(withoutSession(path, sessionName), ESCAPED_IN_PATH, url);
    if (query != null) {
      escape(query, ESCAPED_IN_QUERY, url.append('?'));
    }
    return url.length() > MAX_LENGTH ? null : url.toString();
  }

  /**
   * Returns the URL in a text that has the form of {@code location.href}, as in the header {@code
   * Referer}, without session id and fragment.
   *
   * @return null if the text is too long, or is not an absolute URL with http or https, without
   *     user and password
   */
  public static @Nullable String parse(String text, String sessionName) {
    Origin origin = text.length() > MAX_LENGTH ? null : originOf(text);
    if (origin == null || !isHost(origin.host())) {
      return null;
    }
    int fragment = text.indexOf('#');
    String rest = text.substring(endOfOrigin(text), fragment < 0 ? text.length() : fragment);
    boolean written = rest.chars().allMatch(c -> c > ' ' && c < 0x7f && "\"<>".indexOf(c) < 0);
    if (!written || rest.startsWith("\\")) {
      return null;
    }
    int question = rest.indexOf('?');
    String path = question < 0 ? rest : rest.substring(0, question);
    return origin.text()
        + (path.isEmpty() ? "/" : withoutSession(path, sessionName))
        + (question < 0 ? "" : rest.substring(question));
  }

  /** Returns the origin of a URL with http or https; null if the text is not such a URL. */
  public static @Nullable Origin originOf(String url) {
    Origin origin = Origin.parse(url.substring(0, endOfOrigin(url)));
    return origin != null && (origin.scheme().equals("http") || origin.scheme().equals("https"))
        ? origin
        : null;
  }

  /** Returns whether a text is a host name or an IPv6 address. Uses no Matcher, for speed. */
  private static boolean isHost(String host) {
    boolean name = !host.isEmpty();
    boolean address = name;
    for (int i = 0; i < host.length(); i++) {
      char c = host.charAt(i);
      name &= (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '_' || c == '-';
      address &= IN_ADDRESSES.indexOf(c) >= 0;
    }
    return name || address;
  }

  private static int endOfOrigin(String url) {
    int scheme = url.indexOf(SEPARATOR);
    int end = scheme < 0 ? url.length() : scheme + SEPARATOR.length();
    while (end < url.length() && "/?#\\".indexOf(url.charAt(end)) < 0) {
      end++;
    }
    return end;
  }

  /** Returns whether two URLs differ at most in http and https. */
  public static boolean samePage(String url, String other) {
    return url.substring(url.indexOf(SEPARATOR)).equals(other.substring(other.indexOf(SEPARATOR)));
  }

  /**
   * Removes a session id from the segments of a path. Containers name the parameter {@code
   * jsessionid}, or like the session cookie if the application gives that cookie a name (Servlet
   * 6.0 section 7.1.3).
   */
  private static String withoutSession(String path, String sessionName) {
    if (path.indexOf(';') < 0) {
      return path;
    }
    StringBuilder kept = new StringBuilder(path.length());
    int start = 0;
    while (start < path.length()) {
      int end = start + 1;
      while (end < path.length() && path.charAt(end) != ';' && path.charAt(end) != '/') {
        end++;
      }
      String part = path.substring(start, end);
      if (!isSession(part, sessionName)) {
        kept.append(part);
      }
      start = end;
    }
    return kept.toString();
  }

  private static boolean isSession(String part, String sessionName) {
    return part.toLowerCase(Locale.ROOT).startsWith(";jsessionid=")
        || part.startsWith(";" + sessionName + "=");
  }

  private static void escape(String part, String escaped, StringBuilder url) {
    String text = HeaderText.sent(part);
    int written = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if ((c > '?' && c < '`') || (c > '`' && c < '{')) {
        // A fast path for letters, which are most of a URL and need no escape.
        continue;
      }
      if (c <= ' ' || c >= 0x7f || escaped.indexOf(c) >= 0) {
        url.append(text, written, i);
        int codePoint = text.codePointAt(i);
        i += Character.charCount(codePoint) - 1;
        written = i + 1;
        for (byte b : Character.toString(codePoint).getBytes(StandardCharsets.UTF_8)) {
          url.append('%').append(HexFormat.of().withUpperCase().toHexDigits(b));
        }
      }
    }
    url.append(text, written, text.length());
  }
}
