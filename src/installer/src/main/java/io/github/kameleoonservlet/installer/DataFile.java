package io.github.kameleoonservlet.installer;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The file that the option {@code --data-file} names. */
final class DataFile {

  /**
   * Data files of Kameleoon have a few MB at most. The server keeps the file in its memory, and so
   * does this command.
   */
  static final int LARGEST = 16 * 1024 * 1024;

  private static final String LARGEST_TEXT = LARGEST / (1024 * 1024) + " MB";

  private static final String CONFIGURATION = "configuration";

  /** The lists without which SDK 4.5.0 refuses a file. */
  private static final List<String> LISTS = List.of("customData", "featureFlags");

  private final byte[] content;
  private final @Nullable String fault;

  private DataFile(Path file, byte[] content, @Nullable String fault) {
    this.content = content;
    this.fault =
        fault == null
            ? null
            : "--data-file "
                + file
                + " is no data file of Kameleoon: "
                + fault
                + ". Allowed: a JSON object with the object \""
                + CONFIGURATION
                + "\" and the lists \""
                + String.join("\" and \"", LISTS)
                + "\", in a file of at most "
                + LARGEST_TEXT
                + ", such as the data file of the sample.";
  }

  /**
   * Reads a file once, so that the checked content is the copied one. A folder, a pipe or a device
   * is not read.
   *
   * @throws IOException if the file does not exist or cannot be read
   */
  static DataFile read(Path file) throws IOException {
    if (!Files.exists(file)) {
      throw new NoSuchFileException(file.toString());
    }
    if (!Files.isRegularFile(file)) {
      String kind = Files.isDirectory(file) ? "a folder" : "a pipe or a device";
      return new DataFile(file, new byte[0], "the path is that of " + kind);
    }
    byte[] content = start(file);
    return new DataFile(file, content, fault(content));
  }

  /** Returns why the file is no data file of Kameleoon, or null. The deployment would fail. */
  @Nullable String fault() {
    return fault;
  }

  /** Returns the bytes of the file. A file with a fault may not be read to its end. */
  byte[] content() {
    return content.clone();
  }

  private static byte[] start(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return in.readNBytes(LARGEST + 1);
    } catch (FileSystemException e) {
      throw e;
    } catch (IOException e) {
      // The message of a failed read does not name the file.
      throw new FileSystemException(file.toString(), null, e.getMessage());
    }
  }

  private static @Nullable String fault(byte[] content) {
    if (content.length > LARGEST) {
      return "the file is larger than " + LARGEST_TEXT;
    }
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
