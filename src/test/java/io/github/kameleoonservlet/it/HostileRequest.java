package io.github.kameleoonservlet.it;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

/**
 * A request, byte for byte.
 *
 * @param kind what is wrong with it
 * @param text the bytes as ISO 8859-1, with {@link #APP} in place of the context path
 * @param api whether it may reach the JSON API
 * @param visitor the valid code that it certainly presents, or null
 */
record HostileRequest(String kind, String text, boolean api, String visitor) {

  static final String APP = "{app}";

  /** The start of all that must come back in no answer. */
  static final String PLANTED = "<planted";

  private static final String NAVIGATION =
      "Connection: close\r\nAccept: text/html\r\nSec-Fetch-Mode: navigate\r\n";

  /** A navigation to the page with more header lines, each with its end. */
  static HostileRequest page(String kind, String lines) {
    return new HostileRequest(
        kind,
        "GET " + APP + "/page HTTP/1.1\r\nHost: localhost\r\n" + NAVIGATION + lines + "\r\n",
        false,
        null);
  }

  /** A call of the API with a body. */
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

  /** Anything. */
  static HostileRequest raw(String kind, String text, boolean api) {
    return new HostileRequest(kind, text, api, null);
  }

  /** The same, of which it is known that it presents a valid code. */
  HostileRequest of(String validCode) {
    return new HostileRequest(kind, text, api, validCode);
  }

  /** The header line of a visitor cookie. */
  static String cookie(String code) {
    return "Cookie: " + Browser.COOKIE + "=" + code + "\r\n";
  }

  /** Whether its head has an end, so that a server can pass it on to an application. */
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
