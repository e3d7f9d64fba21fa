package io.github.kameleoonservlet.installer;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/** Whether a file is a ZIP file that can be copied without a loss. */
final class ZipChecks {

  /** The signature of an entry, and that of the end of a ZIP file without entries. */
  private static final Set<Integer> SIGNATURES = Set.of(0x504B0304, 0x504B0506);

  /** The longest path of Linux. Each folder of a name takes memory for the whole name. */
  private static final int LONGEST_NAME = 4096;

  private static final int SHOWN_NAME = 60;

  private ZipChecks() {}

  static void check(Path file) throws IOException, RefusedException {
    if (!Files.isRegularFile(file)) {
      throw new RefusedException(
          file + " is a pipe or a device. Name a WAR file or the folder of an application.");
    }
    checkStart(file);
    NavigableSet<String> names = new TreeSet<>();
    try (ZipFile zip = new ZipFile(file.toFile())) {
      for (ZipEntry entry : (Iterable<ZipEntry>) zip.stream().<ZipEntry>map(e -> e)::iterator) {
        String name = entry.getName();
        if (name.length() > LONGEST_NAME) {
          throw new RefusedException(
              file
                  + " has an entry with a name of "
                  + name.length()
                  + " characters: \""
                  + printable(name.substring(0, SHOWN_NAME))
                  + "...\". No server can unpack such a file. Build the WAR again without this entry.");
        }
        if (isOutside(name)) {
          throw new RefusedException(
              file
                  + " has an entry with a name that leads out of the WAR: \""
                  + printable(name)
                  + "\". Build the WAR again without this entry.");
        }
        if (name.isEmpty() || name.contains("//")) {
          throw new RefusedException(
              file
                  + " has an entry with an empty name or folder name: \""
                  + printable(name)
                  + "\". The JDK writes such a name in another form. Build the WAR again without this"
                  + " entry.");
        }
        if (!names.add(name)) {
          throw new RefusedException(
              file
                  + " has two entries with the name \""
                  + printable(name)
                  + "\". Servers differ in which one they use. Build the WAR again with one.");
        }
        if (!entry.isDirectory() && size(zip, entry) != entry.getSize()) {
          throw new RefusedException(
              file
                  + " is broken: the entry \""
                  + printable(name)
                  + "\" has another size than the WAR declares. Build or copy the WAR again.");
        }
      }
    } catch (ZipException e) {
      if (String.valueOf(e.getMessage()).contains("bad entry name")) {
        throw new RefusedException(
            file
                + " has an entry with a name that is not in UTF-8. Java cannot open such a file, and"
                + " neither can servers. Build the WAR again, for example with jar or Maven.",
            e);
      }
      throw new RefusedException(
          file + " is broken: " + e.getMessage() + ". Build or copy the WAR again.", e);
    }
    checkFolders(file, names);
    String notCopied = DataDescriptors.notCopied(file);
    if (notCopied != null) {
      throw new RefusedException(
          file
              + " was written as a stream in a form that the JDK does not copy completely: the entry"
              + " \""
              + printable(notCopied)
              + "\". Build the WAR again, for example with jar or Maven.");
    }
  }

  private static void checkFolders(Path file, NavigableSet<String> names) throws RefusedException {
    for (String name : names) {
      String folder = name + "/";
      String inside = name.endsWith("/") ? null : names.ceiling(folder);
      if (inside != null && inside.startsWith(folder)) {
        throw new RefusedException(
            file
                + " has the entry \""
                + printable(name)
                + "\" as a file and as a folder, with \""
                + printable(inside)
                + "\". No server can unpack such a file. Build the WAR again without one of the"
                + " entries.");
      }
    }
  }

  /** Returns the size of the content. Stops behind the declared size. */
  private static long size(ZipFile zip, ZipEntry entry) throws IOException {
    byte[] buffer = new byte[1 << 16];
    long size = 0;
    try (InputStream in = zip.getInputStream(entry)) {
      for (int read = 0; read >= 0 && size <= entry.getSize(); read = in.read(buffer)) {
        size += read;
      }
    } catch (EOFException e) {
      // The content is shorter than the compressed size.
    }
    return size;
  }

  private static void checkStart(Path file) throws IOException, RefusedException {
    byte[] start;
    try (InputStream in = Files.newInputStream(file)) {
      start = in.readNBytes(4);
    }
    int signature = 0;
    for (byte each : start) {
      signature = (signature << 8) | (each & 0xFF);
    }
    if (start.length < 4 || !SIGNATURES.contains(signature)) {
      throw new RefusedException(
          file
              + " does not begin like a ZIP file. Name a WAR file or the folder of an application."
              + " This command does not change a WAR that begins with a start script.");
    }
  }

  private static boolean isOutside(String name) {
    String path = name.replace('\\', '/');
    return path.startsWith("/")
        || path.indexOf('\0') >= 0
        || path.matches("[A-Za-z]:.*")
        || ("/" + path + "/").contains("/../")
        || ("/" + path + "/").contains("/./");
  }

  /** Returns a name without characters that change the terminal. */
  static String printable(String name) {
    return name.replaceAll("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]", "?");
  }
}
