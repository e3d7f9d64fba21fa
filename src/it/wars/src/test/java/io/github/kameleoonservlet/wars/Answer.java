package io.github.kameleoonservlet.wars;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPInputStream;

/**
 * An answer: the status line, all header fields in their order, and the body without its transfer
 * encoding.
 */
@SuppressWarnings("ArrayRecordComponent") // Answers are compared by their bytes elsewhere.
record Answer(String statusLine, List<Header> headers, byte[] body) {

  int status() {
    return Integer.parseInt(statusLine.split(" ", 3)[1]);
  }

  String header(String name) {
    return Header.first(headers, name);
  }

  boolean isHtml() {
    String type = header("Content-Type").toLowerCase(Locale.ROOT);
    return type.startsWith("text/html") || type.startsWith("application/xhtml");
  }

  boolean isRedirect() {
    return status() / 100 == 3 && !header("Location").isEmpty();
  }

  /** Returns the body, unpacked, with one character for each byte. */
  String text() {
    byte[] bytes = body;
    if (header("Content-Encoding").equals("gzip") && body.length > 0) {
      try (var unpacked = new GZIPInputStream(new ByteArrayInputStream(body))) {
        bytes = unpacked.readAllBytes();
      } catch (IOException e) {
        throw new UncheckedIOException("The body is no gzip", e);
      }
    }
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }
}
