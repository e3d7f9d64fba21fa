package io.github.kameleoonservlet.jsp;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.kameleoonservlet.identity.VisitorCode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * The script that hands the visitor's code to Kameleoon's web SDK and then reports the exposures.
 * The file {@code hand-over.js} beside this class contains the script and explains it.
 */
final class HandOver {

  private static final String FILE = "hand-over.js";

  private static final String FUNCTION =
      read().replace("CODE", VisitorCode.PATTERN.replace("/", "\\/"));

  private HandOver() {}

  /** Returns the text of the file without comments, indentation and empty lines. */
  private static String read() {
    try (InputStream file = HandOver.class.getResourceAsStream(FILE)) {
      return new String(Objects.requireNonNull(file, FILE).readAllBytes(), UTF_8)
          .lines()
          .map(String::strip)
          .filter(line -> !line.isEmpty() && !line.startsWith("//"))
          .collect(Collectors.joining("\n"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Returns the script for one page, without the element {@code <script>}.
   *
   * @param code the visitor's code
   * @param exposures the engine tracking code; may be empty
   */
  static String script(String code, String exposures) {
    return FUNCTION
        + "(window,document,"
        + Escaped.scriptString(code)
        + (exposures.isBlank() ? "" : ",function(){\n" + Escaped.script(exposures) + "\n}")
        + ");";
  }
}
