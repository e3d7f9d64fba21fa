package io.github.kameleoonservlet.internal.config;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The part of a URL that logs and errors may show. */
final class ShownUrl {

  private static final Pattern URL = Pattern.compile("((?:jdbc:)?[a-z0-9]+:)(.*)", Pattern.DOTALL);
  private static final Pattern URL_PARAMETERS = Pattern.compile("[?;(&,]");
  private static final String MASK = "***";

  private ShownUrl() {}

  /**
   * Returns the scheme of a URL, and the text between credentials (which end at an "@") and
   * parameters. Drivers use different places for credentials. If the text may contain credentials,
   * returns only the scheme.
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
    // A later "@" belongs to a password. DB2 and Informix have parameters behind a colon.
    boolean clear = rest.lastIndexOf('@') == at && place.indexOf('=') < 0;
    if (!clear) {
      return parts.group(1) + MASK;
    }
    return parts.group(1) + (at < 0 ? "" : MASK + "@") + place;
  }
}
