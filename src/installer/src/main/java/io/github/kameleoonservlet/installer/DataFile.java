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

  private static final String CONFIGURATION = "configuration";

  /** The lists without which SDK 4.5.0 refuses a file. */
  private static final List<String> LISTS = List.of("customData", "featureFlags");

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
            + ". Allowed: a JSON object with the object \""
            + CONFIGURATION
            + "\" and the lists \""
            + String.join("\" and \"", LISTS)
            + "\", such as the data file of the sample.";
  }

  private static @Nullable String fault(byte[] content) {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content)).toString();
      if (!(JsonText.parse(text) instanceof Map<?, ?> file)) {
        return "the file contains no JSON object";
      }
      if (!(file.get(CONFIGURATION) instanceof Map)) {
        return "the file has no object \"" + CONFIGURATION + "\"";
      }
      return LISTS.stream()
          .filter(name -> !(file.get(name) instanceof List))
          .map(name -> "the file has no list \"" + name + "\"")
          .findFirst()
          .orElse(null);
    } catch (CharacterCodingException e) {
      return "the file is not in UTF-8";
    } catch (IllegalArgumentException e) {
      return "the file is no JSON (" + e.getMessage() + ")";
    }
  }
}
