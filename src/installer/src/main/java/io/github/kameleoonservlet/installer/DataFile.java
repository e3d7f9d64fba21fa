package io.github.kameleoonservlet.installer;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The check of the file that the option {@code --data-file} names. */
final class DataFile {

  private static final String FEATURES = "featureFlags";

  private DataFile() {}

  /**
   * Returns why a file is no data file of Kameleoon, or null. With such a file the deployment would
   * fail.
   *
   * @throws IOException if the file cannot be read
   */
  static @Nullable String fault(Path file) throws IOException {
    String fault = fault(Files.readAllBytes(file));
    return fault == null
        ? null
        : "--data-file "
            + file
            + " is no data file of Kameleoon: "
            + fault
            + ". Allowed: a JSON object with the list \""
            + FEATURES
            + "\", such as the data file of the sample.";
  }

  private static @Nullable String fault(byte[] content) {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content)).toString();
      if (!(JsonText.parse(text) instanceof Map<?, ?> file)) {
        return "the file contains no JSON object";
      }
      return file.get(FEATURES) instanceof List
          ? null
          : "the file has no list \"" + FEATURES + "\"";
    } catch (CharacterCodingException e) {
      return "the file is not in UTF-8";
    } catch (IllegalArgumentException e) {
      return "the file is no JSON (" + e.getMessage() + ")";
    }
  }
}
