package io.github.kameleoonservlet.internal.decision;

import java.net.URI;
import java.net.URISyntaxException;

/**
 * Says where an HTTP proxy is.
 *
 * @param host name or address
 * @param port 1 to 65535
 */
public record ProxyAddress(String host, int port) {

  private static final int MAX_PORT = 65_535;

  /**
   * Reads {@code host:port}; an IPv6 address stands in brackets.
   *
   * @param setting what the message of the exception shall name
   * @throws IllegalArgumentException when {@code text} is anything else
   */
  public static ProxyAddress parse(String setting, String text) {
    try {
      URI uri = new URI("http://" + text);
      if (uri.getHost() != null
          && uri.getPort() > 0
          && uri.getPort() <= MAX_PORT
          && (uri.getHost() + ":" + uri.getPort()).equals(text)) {
        return new ProxyAddress(uri.getHost(), uri.getPort());
      }
    } catch (URISyntaxException e) {
      // Said below, without the exception's text, which repeats the whole address.
    }
    throw malformed(setting, text);
  }

  private static IllegalArgumentException malformed(String setting, String text) {
    return new IllegalArgumentException(
        setting
            + " '"
            // Credentials, which are not taken, would stand before it.
            + text.substring(text.lastIndexOf('@') + 1)
            + "': host:port is allowed, without credentials, for example"
            + " proxy.example.com:3128");
  }
}
