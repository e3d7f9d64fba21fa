package io.github.kameleoonservlet.installer;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * How many classes name types of each servlet API.
 *
 * @param javax the number of classes that name {@code javax.servlet}
 * @param jakarta the number of classes that name {@code jakarta.servlet}
 */
record ServletUse(int javax, int jakarta) {

  static final ServletUse NONE = new ServletUse(0, 0);

  /** A file that inflates without end must not fill the memory. Constants are at the beginning. */
  private static final int LARGEST_POOL = 4 * 1024 * 1024;

  private static final String PACKAGE = "/servlet/";

  /** Reads the use by one class. */
  static ServletUse of(Path classFile) throws IOException {
    byte[] start;
    try (InputStream in = Files.newInputStream(classFile)) {
      start = in.readNBytes(LARGEST_POOL);
    }
    // Each byte of the constant pool's texts is a character of its own.
    String text = new String(start, StandardCharsets.ISO_8859_1);
    return new ServletUse(
        text.contains("javax" + PACKAGE) ? 1 : 0, text.contains("jakarta" + PACKAGE) ? 1 : 0);
  }

  ServletUse plus(ServletUse other) {
    return new ServletUse(javax + other.javax, jakarta + other.jakarta);
  }

  boolean isOnly(Edition edition) {
    return edition == Edition.JAVAX ? javax > 0 && jakarta == 0 : jakarta > 0 && javax == 0;
  }

  boolean isOfBoth() {
    return javax > 0 && jakarta > 0;
  }
}
