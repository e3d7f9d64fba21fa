package io.github.kameleoonservlet.it;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.kameleoonservlet.it.Page.Header;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.util.List;
import java.util.Locale;

/** Sends raw bytes, which an HTTP client would refuse to send. */
final class RawRequest {

  private RawRequest() {}

  /** Navigates to an address with the given Cookie headers, as UTF-8 bytes without any encoding. */
  static Page get(URI address, List<String> cookieHeaders) {
    StringBuilder request = new StringBuilder("GET " + address.getRawPath() + " HTTP/1.0\r\n");
    request.append("Host: ").append(address.getRawAuthority()).append("\r\n");
    request.append("Accept: text/html\r\nSec-Fetch-Mode: navigate\r\nSec-Fetch-Site: none\r\n");
    cookieHeaders.forEach(cookie -> request.append("Cookie: ").append(cookie).append("\r\n"));
    return send(address, request.append("\r\n").toString().getBytes(UTF_8));
  }

  /**
   * Sends bytes to the server of an address, closes the output, and reads the input to its end.
   *
   * @return the first response that is not 1xx, with the text of all responses; of status 0 if the
   *     server sent none
   */
  static Page send(URI address, byte[] request) {
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    try (Socket socket = new Socket(address.getHost(), address.getPort())) {
      socket.setSoTimeout(60_000);
      try {
        OutputStream out = socket.getOutputStream();
        out.write(request);
        socket.shutdownOutput();
        InputStream in = socket.getInputStream();
        for (int next = in.read(); next >= 0; next = in.read()) {
          answer.write(next);
        }
      } catch (SocketException e) {
        // A server that did not read to the end reset the connection; its response until then
        // counts.
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return parse(answer.toString(ISO_8859_1));
  }

  private static Page parse(String text) {
    int end = text.indexOf("\r\n\r\n");
    if (end < 0) {
      return new Page(0, List.of(), text);
    }
    List<String> head = text.substring(0, end).lines().toList();
    int status = Integer.parseInt(head.get(0).split(" ")[1]);
    if (status / 100 == 1) {
      return parse(text.substring(end + 4));
    }
    List<Header> headers =
        head.stream()
            .skip(1)
            .map(line -> line.split(": ?", 2))
            .map(field -> new Header(field[0].toLowerCase(Locale.ROOT), field[1]))
            .toList();
    byte[] body = text.substring(end + 4).getBytes(ISO_8859_1);
    return new Page(status, headers, new String(body, UTF_8));
  }
}
