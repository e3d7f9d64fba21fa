package io.github.kameleoonservlet.installer;

import java.nio.charset.StandardCharsets;

/**
 * How many classes name types of each servlet API.
 *
 * @param javax the number of classes that name {@code javax.servlet}
 * @param jakarta the number of classes that name {@code jakarta.servlet}
 */
record ServletUse(int javax, int jakarta) {

  static final ServletUse NONE = new ServletUse(0, 0);

  private static final String PACKAGE = "/servlet/";

  /** Returns the use by one class. */
  static ServletUse of(byte[] classFile) {
    // Each byte of the constant pool's texts is a character of its own.
    String text = new String(classFile, StandardCharsets.ISO_8859_1);
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
