package io.github.kameleoonservlet.installer;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** A WAR for tests. */
final class TestWar {

  static final LocalDateTime TIME = LocalDateTime.of(2011, 3, 4, 5, 6, 8);

  /** The name of an entry that also has its time in UTC, in an extra field. */
  static final String IN_UTC = "utc.txt";

  private final Map<String, byte[]> entries = new LinkedHashMap<>();

  /** Returns a WAR without a servlet. */
  static TestWar empty() {
    return new TestWar()
        .with("META-INF/MANIFEST.MF", "Manifest-Version: 1.0\n")
        .with("index.html", "<html></html>");
  }

  /** Returns a WAR with a servlet, and a {@code web.xml} of the time. */
  static TestWar of(Edition edition) {
    return empty()
        .with("WEB-INF/web.xml", WebXml.of(edition == Edition.JAVAX ? "3.1" : "6.0", ""))
        .withServlet(edition);
  }

  TestWar withServlet(Edition edition) {
    return with(
        "WEB-INF/classes/shop/Page" + edition + ".class",
        TestClass.of("shop/Page" + edition, edition + "/servlet/http/HttpServlet"));
  }

  TestWar with(String name, String text) {
    return with(name, text.getBytes(StandardCharsets.UTF_8));
  }

  TestWar with(String name, byte[] content) {
    entries.put(name, content);
    return this;
  }

  TestWar withJar(String fileName, Map<String, byte[]> content) {
    return with("WEB-INF/lib/" + fileName, zip(content));
  }

  TestWar withJar(Path jar) {
    try {
      return with("WEB-INF/lib/" + jar.getFileName(), Files.readAllBytes(jar));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  TestWar without(String name) {
    entries.remove(name);
    return this;
  }

  Map<String, byte[]> entries() {
    return entries;
  }

  /** Writes the WAR into a folder. */
  Path packedIn(Path folder) throws IOException {
    return Files.write(folder.resolve("shop.war"), zip(entries));
  }

  /** Writes the content of the WAR into a folder. */
  Path exploded(Path folder) throws IOException {
    Path root = folder.resolve("shop");
    for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
      Path file = root.resolve(entry.getKey());
      Files.createDirectories(file.getParent());
      Files.write(file, entry.getValue());
    }
    return root;
  }

  private static byte[] zip(Map<String, byte[]> entries) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      entries.forEach((name, content) -> write(zip, name, content));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static void write(ZipOutputStream zip, String name, byte[] content) {
    try {
      ZipEntry entry = new ZipEntry(name);
      entry.setTimeLocal(TIME);
      if (name.equals(IN_UTC)) {
        entry.setLastModifiedTime(FileTime.from(TIME.toInstant(ZoneOffset.UTC)));
      }
      zip.putNextEntry(entry);
      ((OutputStream) zip).write(content);
      zip.closeEntry();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
