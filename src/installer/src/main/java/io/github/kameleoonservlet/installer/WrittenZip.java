package io.github.kameleoonservlet.installer;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * Whether a written ZIP file is complete. The JDK's ZIP file system leaves out an entry that it
 * cannot write, for example because the disk is full, and only prints the error (seen in JDK 17).
 */
final class WrittenZip {

  private WrittenZip() {}

  /**
   * Compares the names and sizes with those of the original, and the content of the written files.
   *
   * @throws IOException if an entry is missing or has another content
   */
  static void check(Path result, Path original, Changes changes) throws IOException {
    try (FileSystem zip = FileSystems.newFileSystem(result);
        ZipFile before = new ZipFile(original.toFile())) {
      Path root = zip.getPath("/");
      for (Map.Entry<String, byte[]> file : changes.written().entrySet()) {
        Path path = root.resolve(file.getKey());
        if (!Files.exists(path) || !Arrays.equals(Files.readAllBytes(path), file.getValue())) {
          throw incomplete(file.getKey());
        }
      }
      for (ZipEntry entry : (Iterable<ZipEntry>) before.stream().<ZipEntry>map(e -> e)::iterator) {
        String name = entry.getName();
        if (changes.written().containsKey(name) || changes.removed().contains(name)) {
          continue;
        }
        Path path = root.resolve(name);
        if (!Files.exists(path) || (!entry.isDirectory() && Files.size(path) != entry.getSize())) {
          throw incomplete(name);
        }
      }
    }
  }

  private static IOException incomplete(String name) {
    return new IOException("the JDK did not write " + ZipChecks.printable(name));
  }
}
