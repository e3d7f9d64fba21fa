package io.github.kameleoonservlet.it;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

/**
 * A request, byte for byte.
 *
 * @param kind the fault of the request
 * @param text the bytes as ISO 8859-1, with {@link #APP} in place of the context path
 * @param api whether the request may reach the JSON API
 * @param visitor the valid code that the request certainly presents, or null
 */
record HostileRequest(String kind, String text, boolean api, String visitor) {

  static final String APP = "{app}";

  /** The beginning of all planted texts; no response may contain it. */
  static final String PLANTED = "<planted";

  private static final String NAVIGATION =
      "Connection: close\r\nAccept: text/html\r\nSec-Fetch-Mode: navigate\r\n";

  /** Returns a navigation to the page with more header lines, each with its line end. */
  static HostileRequest page(String kind, String lines) {
    return new HostileRequest(
        kind,
        "GET " + APP + "/page HTTP/1.1\r\nHost: localhost\r\n" + NAVIGATION + lines + "\r\n",
        false,
        null);
  }

  /** Returns an API call with a body. */
  static HostileRequest call(String kind, String line, String lines, String body) {
    return new HostileRequest(
        kind,
        line.replaceFirst(" ", " " + APP + "/api")
            + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
            + lines
            + "Content-Length: "
            + body.length()
            + "\r\n\r\n"
            + body,
        true,
        null);
  }

  /** Returns a request with the given text. */
  static HostileRequest raw(String kind, String text, boolean api) {
    return new HostileRequest(kind, text, api, null);
  }

  /**
   * Returns this request with {@code validCode} as the code that the request certainly presents.
   */
  HostileRequest of(String validCode) {
    return new HostileRequest(kind, text, api, validCode);
  }

  /** Returns the header line of a visitor cookie. */
  static String cookie(String code) {
    return "Cookie: " + Browser.COOKIE + "=" + code + "\r\n";
  }

  /**
   * Returns whether the head of this request is complete, so that a server can pass the request on.
   */
  boolean headEnds() {
    return text.contains("\r\n\r\n") || text.contains("\n\n");
  }

  byte[] bytes(String contextPath) {
    return text.replace(APP, contextPath).getBytes(ISO_8859_1);
  }

  @Override
  public String toString() {
    String start = text.length() > 600 ? text.substring(0, 600) + "…" : text;
    return kind + ": " + start.replace("\r", "\\r").replace("\n", "\\n");
  }
}
