package io.github.kameleoonservlet.installer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** Whether the folder of an application can be copied without a loss. */
final class FolderChecks {

  private FolderChecks() {}

  static void check(Path folder) throws IOException, RefusedException {
    Optional<Path> link;
    try (Stream<Path> files = Files.walk(folder)) {
      link = files.filter(file -> !file.equals(folder)).filter(Files::isSymbolicLink).findFirst();
    }
    if (link.isPresent()) {
      throw new RefusedException(
          "The folder contains a symbolic link: "
              + link.get()
              + ". Replace the link by the file: a copy of the folder would point to another place.");
    }
  }
}
