package io.github.kameleoonservlet.installer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The content of a file, or of a folder with all that is in it. */
final class FolderContent {

  private FolderContent() {}

  /** Returns whether both have the same bytes in files of the same names. */
  static boolean isEqual(Path one, Path other) throws IOException {
    if (Files.isDirectory(one) != Files.isDirectory(other)) {
      return false;
    }
    if (!Files.isDirectory(one)) {
      return Files.mismatch(one, other) < 0;
    }
    Map<String, Path> files = files(one);
    Map<String, Path> others = files(other);
    if (!files.keySet().equals(others.keySet())) {
      return false;
    }
    for (Map.Entry<String, Path> file : files.entrySet()) {
      Path same = others.get(file.getKey());
      if (same == null || Files.mismatch(file.getValue(), same) >= 0) {
        return false;
      }
    }
    return true;
  }

  /** Returns the bytes of the file, or of all files in the folder. */
  static long size(Path path) throws IOException {
    long size = 0;
    for (Path file : files(path).values()) {
      size += Files.size(file);
    }
    return size;
  }

  private static Map<String, Path> files(Path folder) throws IOException {
    Map<String, Path> files = new TreeMap<>();
    try (Stream<Path> all = Files.walk(folder)) {
      all.filter(Files::isRegularFile)
          .forEach(file -> files.put(folder.relativize(file).toString(), file));
    }
    return files;
  }
}
