package io.github.kameleoonservlet.installer;

import java.lang.reflect.InvocationTargetException;

/**
 * The class with which the jar starts. This class is compiled for Java 8, so that an older Java
 * than 17 prints a message in place of an UnsupportedClassVersionError.
 */
final class Start {

  private static final int NEEDED = 17;

  /** The exit code of a fault of the command or of its environment. */
  private static final int FAULT = 1;

  private Start() {}

  public static void main(String[] args) throws ReflectiveOperationException {
    String fault = fault(System.getProperty("java.specification.version"));
    if (fault != null) {
      System.err.println(fault);
      System.exit(FAULT);
    }
    try {
      Class.forName("io.github.kameleoonservlet.installer.Install")
          .getMethod("main", String[].class)
          .invoke(null, (Object) args);
    } catch (InvocationTargetException e) {
      throw new IllegalStateException(e.getCause());
    }
  }

  /** Returns the message for a version of Java that is too old, or null. */
  static String fault(String version) {
    // Before Java 9 the version begins with "1.".
    return version.startsWith("1.") || Integer.parseInt(version) < NEEDED
        ? "This command needs Java "
            + NEEDED
            + " or later. This is Java "
            + version
            + ", in "
            + System.getProperty("java.home")
            + "."
        : null;
  }
}
