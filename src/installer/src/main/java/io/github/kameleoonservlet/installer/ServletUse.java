package io.github.kameleoonservlet.installer;

import static java.util.stream.Collectors.toSet;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.Pattern;

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

  /** Other packages that the server brings, and that therefore fit its servlet API. */
  private static final Pattern PLATFORM =
      Pattern.compile("(javax|jakarta)/(?:ws/rs|faces|ejb|enterprise|websocket)/");

  /** Reads the use by one class. */
  static ServletUse of(Path classFile) throws IOException {
    String text = text(classFile);
    return new ServletUse(
        text.contains("javax" + PACKAGE) ? 1 : 0, text.contains("jakarta" + PACKAGE) ? 1 : 0);
  }

  /** Reads the use of other packages of Java EE or Jakarta EE by one class. */
  static ServletUse ofPlatform(Path classFile) throws IOException {
    Set<String> namespaces =
        PLATFORM.matcher(text(classFile)).results().map(use -> use.group(1)).collect(toSet());
    return new ServletUse(
        namespaces.contains("javax") ? 1 : 0, namespaces.contains("jakarta") ? 1 : 0);
  }

  private static String text(Path classFile) throws IOException {
    byte[] start;
    try (InputStream in = Files.newInputStream(classFile)) {
      start = in.readNBytes(LARGEST_POOL);
    }
    // Each byte of the constant pool's texts is a character of its own.
    return new String(start, StandardCharsets.ISO_8859_1);
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
