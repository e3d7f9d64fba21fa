package io.github.kameleoonservlet.installer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Whether the folder of an application can be copied without a loss. */
final class FolderChecks {

  private FolderChecks() {}

  static void check(Path folder) throws IOException, RefusedException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : (Iterable<Path>) files.skip(1)::iterator) {
        if (Files.isSymbolicLink(file)) {
          throw new RefusedException(
              "The folder contains a symbolic link: "
                  + file
                  + ". Replace the link by the file: a copy of the folder would point to another"
                  + " place.");
        }
        if (!Files.isDirectory(file) && !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
          throw new RefusedException(
              "The folder contains a pipe or a device, which cannot be copied: "
                  + file
                  + ". Take it out of the folder.");
        }
      }
    }
  }
}
