package io.github.kameleoonservlet.internal.kameleoon;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Finds the data files of the tests. */
final class DataFiles {

  /** Five valid flags; the file describes each. */
  static final Path SOUND = find("data-file.json");

  /** A rule without experimentId, a variable without type, and a valid flag. */
  static final Path BROKEN_RULE = find("broken-rule.json");

  /**
   * A flag for each type of condition, and for an unknown type. Each flag is on for a visitor with
   * {@code TestFacts.PHONE_ON_CART}.
   */
  static final Path EVERY_CONDITION = find("every-condition.json");

  private DataFiles() {}

  static String sound() {
    try {
      return Files.readString(SOUND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path find(String name) {
    try {
      return Path.of(DataFiles.class.getResource("/kameleoon/" + name).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
