package io.github.kameleoonservlet.wars;

import java.net.MalformedURLException;
import java.net.URL;

/** Resolves links as a browser does, illegal characters included. */
final class Links {

  private static final String ORIGIN = "http://localhost";

  private Links() {}

  /**
   * Returns the request target of a link.
   *
   * @return the path with its query, or an empty text if the link leaves the server
   */
  @SuppressWarnings("deprecation") // URI refuses characters that links of old pages contain.
  static String target(String link, String pageTarget) {
    try {
      URL url = new URL(new URL(ORIGIN + pageTarget), link.trim());
      boolean here =
          url.getProtocol().equals("http")
              && url.getHost().equals("localhost")
              && url.getPort() < 0;
      return here ? escaped(url.getFile()) : "";
    } catch (MalformedURLException e) {
      return "";
    }
  }

  private static String escaped(String target) {
    var escaped = new StringBuilder();
    for (char c : (target.isEmpty() ? "/" : target).toCharArray()) {
      boolean illegal = c <= ' ' || c >= 127 || "\"<>\\^`{|}".indexOf(c) >= 0;
      escaped.append(illegal ? String.format("%%%02X", (int) c & 0xff) : String.valueOf(c));
    }
    return escaped.toString();
  }
}
