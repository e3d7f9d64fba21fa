package io.github.kameleoonservlet.installer;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.ProviderNotFoundException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A WAR that is read: a file, or a folder with the content of a WAR. The command never changes it.
 */
final class War implements Closeable {

  static final String DESCRIPTOR = "WEB-INF/web.xml";
  static final String LIB = "WEB-INF/lib";

  /**
   * More than any deployment descriptor has. A file that inflates without end must not fill the
   * memory.
   */
  static final int LARGEST_TEXT = 8 * 1024 * 1024;

  private static final long LARGEST_JAR = 512L * 1024 * 1024;

  private final Path root;
  private final @Nullable FileSystem zip;
  private final List<Library> libraries = new ArrayList<>();
  private final List<String> unreadable = new ArrayList<>();

  private War(Path root, @Nullable FileSystem zip) {
    this.root = root;
    this.zip = zip;
  }

  /**
   * Opens a WAR and reads its libraries.
   *
   * @throws RefusedException if the file is no WAR, or one that must not be changed
   * @throws IOException if the file cannot be read
   */
  static War open(Path file) throws IOException, RefusedException {
    War war;
    if (Files.isDirectory(file)) {
      war = new War(file, null);
      FolderChecks.check(file);
    } else {
      ZipChecks.check(file);
      FileSystem zip = zip(file);
      war = new War(zip.getPath("/"), zip);
    }
    try {
      war.checkContent(file);
      war.readLibraries();
      return war;
    } catch (IOException | RefusedException | RuntimeException e) {
      war.close();
      throw e;
    }
  }

  private static FileSystem zip(Path file) throws IOException, RefusedException {
    try {
      return FileSystems.newFileSystem(file);
    } catch (ProviderNotFoundException e) {
      throw new RefusedException(
          file
              + " is broken: the JDK cannot open the file, for example because bytes follow the end"
              + " of the ZIP file. Build or copy the WAR again.",
          e);
    }
  }

  private void checkContent(Path file) throws IOException, RefusedException {
    if (exists("META-INF/application.xml") || file.toString().endsWith(".ear")) {
      throw new RefusedException(
          file
              + " is an EAR. Take the WAR out of the EAR, run this command on the WAR, and put the"
              + " result back.");
    }
    for (Path signature : list("META-INF")) {
      if (fileName(signature).matches("(?i).*\\.SF")) {
        throw new RefusedException(
            file
                + " is signed (META-INF/"
                + fileName(signature)
                + "): each change makes the signature invalid. Run this command on the unsigned"
                + " WAR, and sign the result.");
      }
    }
  }

  private void readLibraries() throws IOException {
    for (Path jar : list(LIB)) {
      if (!fileName(jar).endsWith(".jar")) {
        continue;
      }
      if (Files.size(jar) > LARGEST_JAR) {
        unreadable.add(fileName(jar) + " (larger than 512 MB)");
        continue;
      }
      try {
        libraries.add(Library.read(jar));
      } catch (IOException | ProviderNotFoundException | IllegalArgumentException e) {
        unreadable.add(fileName(jar) + " (" + e.getMessage() + ")");
      }
    }
  }

  /** Returns the jars of {@code WEB-INF/lib} in the order of their names. */
  List<Library> libraries() {
    return libraries;
  }

  /** Parses the classes in {@code WEB-INF/classes}. */
  List<ClassFile> classes() throws IOException {
    List<ClassFile> classes = new ArrayList<>();
    for (Path file : walk("WEB-INF/classes")) {
      if (file.toString().endsWith(".class")) {
        try {
          classes.add(ClassFile.parse(Files.readAllBytes(file)));
        } catch (IOException e) {
          // The JVM cannot load the class either.
        }
      }
    }
    return classes;
  }

  /** Returns the jars of {@code WEB-INF/lib} that cannot be read, each with the cause. */
  List<String> unreadable() {
    return unreadable;
  }

  boolean isFolder() {
    return zip == null;
  }

  boolean exists(String name) {
    return Files.exists(root.resolve(name));
  }

  /**
   * Returns the content of a small file, or null if the file does not exist.
   *
   * @throws RefusedException if the file is larger than any deployment descriptor
   */
  byte @Nullable [] read(String name) throws IOException, RefusedException {
    byte[] bytes = readStart(name, LARGEST_TEXT + 1);
    if (bytes != null && bytes.length > LARGEST_TEXT) {
      throw new RefusedException(name + " is larger than 8 MB. The command does not read it.");
    }
    return bytes;
  }

  /** Returns at most so many bytes of a file, or null if the file does not exist. */
  byte @Nullable [] readStart(String name, int most) throws IOException, RefusedException {
    checkPlace(name);
    Path file = root.resolve(name);
    if (!Files.exists(file)) {
      return null;
    }
    try (InputStream in = Files.newInputStream(file)) {
      return in.readNBytes(most);
    }
  }

  /**
   * Checks that this command can write a file. The JDK's ZIP file system would write a file that is
   * also a folder.
   *
   * @throws RefusedException if a folder has the name of the file, or a file that of its folder
   */
  void checkPlace(String name) throws RefusedException {
    Path file = root.resolve(name);
    if (Files.isDirectory(file)) {
      throw wrongKind(name, "a folder", "a file");
    }
    for (int end = name.indexOf('/'); end >= 0; end = name.indexOf('/', end + 1)) {
      Path folder = root.resolve(name.substring(0, end));
      if (Files.exists(folder) && !Files.isDirectory(folder)) {
        throw wrongKind(name.substring(0, end), "a file", "a folder");
      }
    }
  }

  private static RefusedException wrongKind(String name, String found, String needed) {
    return new RefusedException(
        "The application has "
            + found
            + " with the name "
            + name
            + ", where this command needs "
            + needed
            + ". Build the application again without it.");
  }

  /** Returns the files of a folder in the order of their names, or none if there is no folder. */
  List<Path> list(String folder) throws IOException {
    Path path = root.resolve(folder);
    if (!Files.isDirectory(path)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(path)) {
      return files.sorted().toList();
    }
  }

  /** Returns all files below a folder, or none if there is no folder. */
  List<Path> walk(String folder) throws IOException {
    Path path = root.resolve(folder);
    if (!Files.isDirectory(path)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(path)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }

  static String fileName(Path file) {
    return String.valueOf(file.getFileName());
  }

  @Override
  public void close() throws IOException {
    if (zip != null) {
      zip.close();
    }
  }
}
