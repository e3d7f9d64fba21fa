package io.github.kameleoonservlet.archive;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * The archive that {@code mvn -Pdist} has made.
 *
 * @param files the content of each file, by its path below the archive's only folder
 */
record Archive(Map<String, byte[]> files) {

  static final String VERSION = System.getProperty("version");

  /** Reads the archive of the build. */
  static Archive ofBuild() {
    try {
      return read();
    } catch (IOException e) {
      throw new UncheckedIOException("mvn -Pdist makes the archive", e);
    }
  }

  private static Archive read() throws IOException {
    String folder = "kameleoon-servlet-" + VERSION + "/";
    Map<String, byte[]> files = new TreeMap<>();
    try (InputStream file = Files.newInputStream(Path.of(System.getProperty("archive")));
        ZipInputStream zip = new ZipInputStream(file)) {
      ZipEntry entry = zip.getNextEntry();
      while (entry != null) {
        if (!entry.getName().startsWith(folder)) {
          throw new IOException("outside of the folder: " + entry.getName());
        }
        if (!entry.isDirectory()) {
          files.put(entry.getName().substring(folder.length()), zip.readAllBytes());
        }
        entry = zip.getNextEntry();
      }
    }
    return new Archive(files);
  }

  byte[] bytes(String file) {
    byte[] content = files.get(file);
    if (content == null) {
      throw new AssertionError("not in the archive: " + file);
    }
    return content;
  }

  String text(String file) {
    return new String(bytes(file), StandardCharsets.UTF_8);
  }

  /** Returns the names of the files in a folder, without those of its folders. */
  Set<String> in(String folder) {
    return files.keySet().stream()
        .filter(file -> file.startsWith(folder + "/"))
        .map(file -> file.substring(folder.length() + 1))
        .filter(file -> !file.contains("/"))
        .collect(Collectors.toSet());
  }

  boolean hasFileOrFolder(String path) {
    return files.containsKey(path)
        || files.keySet().stream().anyMatch(file -> file.startsWith(path + "/"));
  }

  String sha256(String file) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes(file)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
