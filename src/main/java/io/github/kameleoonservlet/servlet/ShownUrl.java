package io.github.kameleoonservlet.servlet;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Hides the credentials of a URL from logs and errors. */
final class ShownUrl {

  private static final Pattern URL = Pattern.compile("((?:jdbc:)?[a-z0-9]+:)(.*)", Pattern.DOTALL);
  private static final Pattern URL_PARAMETERS = Pattern.compile("[?;(&,]");
  private static final String MASK = "***";

  private ShownUrl() {}

  /**
   * Returns what may be shown of a URL: its scheme, and the place that stands between credentials
   * before an "@" and parameters. Each driver has its credentials in another place, so where the
   * two cannot be told apart, only the scheme.
   */
  static String of(String url) {
    Matcher parts = URL.matcher(url);
    if (!parts.matches()) {
      return MASK;
    }
    String rest = parts.group(2);
    String[] pieces = URL_PARAMETERS.split(rest, 2);
    int at = pieces[0].lastIndexOf('@');
    String place = pieces[0].substring(at + 1);
    // An "@" further on belongs to a password, before the place or after it; DB2 and Informix have
    // parameters after a colon.
    boolean clear = rest.lastIndexOf('@') == at && place.indexOf('=') < 0;
    if (!clear) {
      return parts.group(1) + MASK;
    }
    return parts.group(1) + (at < 0 ? "" : MASK + "@") + place;
  }
}
