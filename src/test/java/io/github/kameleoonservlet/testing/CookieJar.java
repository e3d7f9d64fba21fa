package io.github.kameleoonservlet.testing;

import java.util.Locale;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The cookies of a browser for one host, by their names. Ignores all attributes except {@code
 * Max-Age=0}. Not thread-safe.
 */
public final class CookieJar extends TreeMap<String, String> {

  private static final long serialVersionUID = 1L;

  /** Stores or deletes the cookie of a {@code Set-Cookie} header. */
  public void keep(String setCookie) {
    String[] cookie = setCookie.split(";", 2)[0].split("=", 2);
    if (setCookie.toLowerCase(Locale.ROOT).contains("max-age=0")) {
      remove(cookie[0]);
    } else {
      put(cookie[0], cookie[1]);
    }
  }

  /** Returns the value of a {@code Cookie} header; empty if there are no cookies. */
  public String header() {
    return entrySet().stream()
        .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
        .collect(Collectors.joining("; "));
  }
}
