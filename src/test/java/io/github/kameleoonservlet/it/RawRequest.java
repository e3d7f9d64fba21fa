package io.github.kameleoonservlet.it;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.kameleoonservlet.it.Page.Header;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.Locale;

/** Sends header lines that no HTTP client would let pass. */
final class RawRequest {

  private RawRequest() {}

  /** Navigates to an address with the given Cookie headers, byte by byte as they are in UTF-8. */
  static Page get(URI address, List<String> cookieHeaders) {
    StringBuilder request = new StringBuilder("GET " + address.getRawPath() + " HTTP/1.0\r\n");
    request.append("Host: ").append(address.getRawAuthority()).append("\r\n");
    request.append("Accept: text/html\r\nSec-Fetch-Mode: navigate\r\nSec-Fetch-Site: none\r\n");
    cookieHeaders.forEach(cookie -> request.append("Cookie: ").append(cookie).append("\r\n"));
    try (Socket socket = new Socket(address.getHost(), address.getPort())) {
      socket.setSoTimeout(60_000);
      OutputStream out = socket.getOutputStream();
      out.write(request.append("\r\n").toString().getBytes(UTF_8));
      out.flush();
      return parse(socket.getInputStream().readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Page parse(byte[] answer) {
    String text = new String(answer, ISO_8859_1);
    int end = text.indexOf("\r\n\r\n");
    List<String> head = text.substring(0, end).lines().toList();
    List<Header> headers =
        head.stream()
            .skip(1)
            .map(line -> line.split(": ?", 2))
            .map(field -> new Header(field[0].toLowerCase(Locale.ROOT), field[1]))
            .toList();
    byte[] body = text.substring(end + 4).getBytes(ISO_8859_1);
    return new Page(Integer.parseInt(head.get(0).split(" ")[1]), headers, new String(body, UTF_8));
  }
}
