package io.github.kameleoonservlet.benchmark.scale;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The operating system's cache of files. */
final class SystemCache {

  private SystemCache() {}

  /**
   * Removes the files below a directory that no process has open from the cache.
   *
   * @return false if the machine has no {@code dd} that can do so
   */
  static boolean forget(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        if (!forgetFile(file)) {
          return false;
        }
      }
      return true;
    }
  }

  private static boolean forgetFile(Path file) throws IOException {
    List<String> command =
        List.of("dd", "of=" + file, "oflag=nocache", "conv=notrunc,fdatasync", "count=0");
    try {
      return new ProcessBuilder(command)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }
}
