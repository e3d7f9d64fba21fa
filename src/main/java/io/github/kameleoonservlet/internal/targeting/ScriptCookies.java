package io.github.kameleoonservlet.internal.targeting;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The cookies of a request as Kameleoon's JavaScript SDK 4.17.1 reads them in the page (observed in
 * Chromium): values are not decoded and keep their quotes, a value ends at its first {@code =}, and
 * the case of a name counts. A cookie without {@code =} is left out, because the SDK fails on such
 * a cookie.
 *
 * <p>Two differences remain. A request does not contain which cookies are HttpOnly, so scripts may
 * see fewer cookies. Of two cookies with one name the SDK compares both; this class returns the
 * first, which in browsers has the longer path.
 */
public final class ScriptCookies {

  /**
   * The maximum number of cookies; further cookies are missing. Browsers keep about 180 cookies for
   * a site.
   */
  static final int MAX_COOKIES = 200;

  /** The maximum number of characters. Servers accept about 8,192 by default. */
  static final int MAX_LENGTH = 16_384;

  private ScriptCookies() {}

  /**
   * Returns the values by name, in the order of the headers. Unmodifiable.
   *
   * @param cookieHeaders the values of the {@code Cookie} header lines; cookies beyond 200, or
   *     beyond 16,384 characters in all, are missing
   * @param hidden names of cookies that scripts do not see
   */
  public static Map<String, String> of(List<String> cookieHeaders, Set<String> hidden) {
    Map<String, String> cookies = new LinkedHashMap<>();
    int length = 0;
    int count = 0;
    for (String header : cookieHeaders) {
      int start = 0;
      while (start < header.length()) {
        int semicolon = header.indexOf(';', start);
        int end = semicolon < 0 ? header.length() : semicolon;
        length += end - start + 1;
        if (length > MAX_LENGTH || count == MAX_COOKIES) {
          return Collections.unmodifiableMap(cookies);
        }
        count++;
        add(header, start, end, hidden, cookies);
        start = end + 1;
      }
    }
    return Collections.unmodifiableMap(cookies);
  }

  private static void add(
      String header, int start, int end, Set<String> hidden, Map<String, String> cookies) {
    int first = start;
    int last = end;
    while (first < last && header.charAt(first) <= ' ') {
      first++;
    }
    while (last > first && header.charAt(last - 1) <= ' ') {
      last--;
    }
    int equals = equalsSign(header, first, last);
    if (equals == first || equals == last) {
      return;
    }
    String name = header.substring(first, equals);
    String value = header.substring(equals + 1, equalsSign(header, equals + 1, last));
    if (!hidden.contains(name)) {
      cookies.putIfAbsent(HeaderText.sent(name), HeaderText.sent(value));
    }
  }

  /**
   * Returns the index of the first {@code =} before the end, otherwise the end. {@code indexOf}
   * would search the rest of the header each time.
   */
  private static int equalsSign(String header, int from, int end) {
    int at = from;
    while (at < end && header.charAt(at) != '=') {
      at++;
    }
    return at;
  }
}
