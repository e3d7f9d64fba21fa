package io.github.kameleoonservlet.targeting;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads the cookies of a request as Kameleoon's JavaScript SDK 4.17.1 reads them in the page
 * (observed in Chromium): values are not decoded and keep their quotes, a value ends at its first
 * {@code =}, and the case of a name counts. A cookie without {@code =} is left out: the SDK fails
 * on it.
 *
 * <p>Two differences remain. A request does not say which cookies are HttpOnly, so scripts may see
 * fewer. And of two cookies of one name the SDK compares both, where this is the first: browsers
 * send the one with the longer path first.
 */
public final class ScriptCookies {

  /** What is beyond it is missing. Browsers keep some 180 cookies a site. */
  static final int MAX_COOKIES = 200;

  /** Servers accept some 8,192 characters by default. */
  static final int MAX_LENGTH = 16_384;

  private ScriptCookies() {}

  /**
   * Returns the values by name, in the order sent, unmodifiable.
   *
   * @param cookieHeaders the values of the {@code Cookie} header lines; what is beyond 200 cookies
   *     or 16,384 characters in all is missing
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

  /** Not {@code indexOf}, which would search the rest of the header for each cookie. */
  private static int equalsSign(String header, int from, int end) {
    int at = from;
    while (at < end && header.charAt(at) != '=') {
      at++;
    }
    return at;
  }
}
