package io.github.kameleoonservlet.internal.decision;

import java.net.URI;
import java.net.URISyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * The address of an HTTP proxy.
 *
 * @param host the name or the IP address of the proxy
 * @param port the port, from 1 to 65535
 */
public record ProxyAddress(String host, int port) {

  /** The texts that are allowed, for messages. */
  public static final String FORM =
      "host:port, without credentials, for example proxy.example.com:3128";

  private static final int MAX_PORT = 65_535;

  /** Parses {@code host:port}, with an IPv6 address in brackets; null for any other text. */
  public static @Nullable ProxyAddress find(String text) {
    try {
      URI uri = new URI("http://" + text);
      return uri.getHost() != null
              && uri.getPort() > 0
              && uri.getPort() <= MAX_PORT
              && (uri.getHost() + ":" + uri.getPort()).equals(text)
          ? new ProxyAddress(uri.getHost(), uri.getPort())
          : null;
    } catch (URISyntaxException e) {
      return null;
    }
  }

  /**
   * Parses {@code host:port}, with an IPv6 address in brackets.
   *
   * @param setting the setting that the message of the exception names
   * @throws IllegalArgumentException if the text has another form
   */
  public static ProxyAddress parse(String setting, String text) {
    ProxyAddress address = find(text);
    if (address == null) {
      throw new IllegalArgumentException(
          setting
              + " '"
              // Credentials, which are not allowed, would precede the last "@".
              + text.substring(text.lastIndexOf('@') + 1)
              + "': host:port is allowed, without credentials, for example"
              + " proxy.example.com:3128");
    }
    return address;
  }
}
