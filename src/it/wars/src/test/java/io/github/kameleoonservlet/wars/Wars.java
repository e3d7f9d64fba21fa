package io.github.kameleoonservlet.wars;

import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** Changes WARs before the filter is installed, equally for the runs with and without it. */
final class Wars {

  private Wars() {}

  /** Packs a folder of Tomcat's distribution. */
  static void pack(Path folder, Path war) throws IOException {
    try (FileSystem zip = zip(war, true);
        Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        Path target = zip.getPath("/" + folder.relativize(file).toString().replace('\\', '/'));
        Files.createDirectories(target.getParent());
        Files.copy(file, target);
      }
    }
  }

  /** Returns the names of the files that the container serves as they are. */
  static List<String> staticFiles(Path war) throws IOException {
    try (var zip = new ZipFile(war.toFile())) {
      return zip.stream()
          .map(ZipEntry::getName)
          .filter(name -> !name.matches("(WEB-INF|META-INF)/.*|.*(/|\\.jspf?|\\.map)"))
          .sorted()
          .toList();
    }
  }

  /** Adds a file with this text. */
  static void add(Path war, String name, String text) throws IOException {
    try (FileSystem zip = zip(war, false)) {
      Path target = zip.getPath("/" + name);
      if (target.getParent() != null) {
        Files.createDirectories(target.getParent());
      }
      Files.writeString(target, text);
    }
  }

  /** Changes a text file. */
  static void edit(Path war, WebApplication.Edit edit) throws IOException {
    try (FileSystem zip = zip(war, false)) {
      Path file = zip.getPath("/" + edit.file());
      String text = Files.readString(file);
      int start = text.indexOf(edit.text());
      if (start < 0) {
        throw new IllegalStateException(edit + ": the file does not contain the text");
      }
      int end = start + edit.text().length();
      Files.writeString(file, text.substring(0, start) + edit.replacement() + text.substring(end));
    }
  }

  /** Adds all files of a folder to another folder of the WAR. */
  static void addAll(Path war, String folder, Path files) throws IOException {
    try (FileSystem zip = zip(war, false);
        Stream<Path> all = Files.list(files)) {
      for (Path file : all.toList()) {
        Files.copy(file, zip.getPath("/" + folder, file.getFileName().toString()));
      }
    }
  }

  private static FileSystem zip(Path war, boolean create) throws IOException {
    return FileSystems.newFileSystem(
        URI.create("jar:" + war.toUri()), Map.of("create", String.valueOf(create)));
  }
}
