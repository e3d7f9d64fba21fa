package io.github.kameleoonservlet.internal.config;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Hides the credentials of a URL from logs and errors. */
final class ShownUrl {

  private static final Pattern URL = Pattern.compile("((?:jdbc:)?[a-z0-9]+:)(.*)", Pattern.DOTALL);
  private static final Pattern URL_PARAMETERS = Pattern.compile("[?;(&,]");
  private static final String MASK = "***";

  private ShownUrl() {}

  /**
   * Returns the part of a URL that logs may show: its scheme, and the text between credentials that
   * end at an "@" and the parameters. Drivers put credentials in different places; if that text
   * cannot be distinguished from credentials, returns only the scheme.
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
    // A later "@" belongs to a password, before or after the place; DB2 and Informix have
    // parameters after a colon.
    boolean clear = rest.lastIndexOf('@') == at && place.indexOf('=') < 0;
    if (!clear) {
      return parts.group(1) + MASK;
    }
    return parts.group(1) + (at < 0 ? "" : MASK + "@") + place;
  }
}
