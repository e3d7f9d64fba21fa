package io.github.kameleoonservlet.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** The directory of one run below the build directory. */
public final class WorkDirectory {

  private WorkDirectory() {}

  /** Creates a directory, and returns its absolute path. */
  public static Path create(Path build, String prefix) throws IOException {
    return Files.createTempDirectory(build.toAbsolutePath(), prefix);
  }

  /** Deletes the directory with everything in it. */
  public static void delete(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
