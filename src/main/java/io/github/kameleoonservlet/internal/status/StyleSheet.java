package io.github.kameleoonservlet.internal.status;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** A style sheet of the library's jar. */
final class StyleSheet {

  private StyleSheet() {}

  /** Returns the text of a style sheet. */
  static String read(String name) {
    try (InputStream file = StyleSheet.class.getResourceAsStream(name)) {
      if (file == null) {
        throw new IllegalStateException("The library's jar lacks " + name);
      }
      return new String(file.readAllBytes(), StandardCharsets.US_ASCII);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
