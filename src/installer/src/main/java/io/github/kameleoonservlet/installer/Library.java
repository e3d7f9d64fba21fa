package io.github.kameleoonservlet.installer;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A jar in {@code WEB-INF/lib}, or one of the jars that this command adds. */
final class Library {

  private static final String CLASS = ".class";

  private final Path jar;
  private final Identity identity;
  private final Set<String> classNames;
  private final Set<String> services;
  private final byte[] fragment;

  private Library(
      Path jar, Identity identity, Set<String> classNames, Set<String> services, byte[] fragment) {
    this.jar = jar;
    this.identity = identity;
    this.classNames = classNames;
    this.services = services;
    this.fragment = fragment;
  }

  /**
   * Reads what a jar contains.
   *
   * @throws IOException if the jar is broken
   */
  static Library read(Path jar) throws IOException {
    try (FileSystem files = FileSystems.newFileSystem(jar)) {
      Path root = files.getPath("/");
      Set<String> classNames = new TreeSet<>();
      for (Path file : classFiles(root)) {
        classNames.add(nameOf(file));
      }
      return new Library(
          jar,
          Identity.read(fileName(jar), root),
          classNames,
          services(root),
          start(root.resolve("META-INF/web-fragment.xml")));
    }
  }

  /** Parses all classes of the jar. Returns them by their names, with slashes. */
  Map<String, ClassFile> classes() throws IOException {
    Map<String, ClassFile> classes = new HashMap<>();
    try (FileSystem files = FileSystems.newFileSystem(jar)) {
      for (Path file : classFiles(files.getPath("/"))) {
        byte[] bytes = Files.readAllBytes(file);
        try {
          ClassFile parsed = ClassFile.parse(bytes);
          classes.put(parsed.name(), parsed);
        } catch (IOException e) {
          // A template of a class, for example. The JVM cannot load it either.
        }
      }
    } catch (IOException e) {
      throw broken(e);
    }
    return classes;
  }

  byte[] bytes() throws IOException {
    return Files.readAllBytes(jar);
  }

  String fileName() {
    return fileName(jar);
  }

  Identity identity() {
    return identity;
  }

  /** Returns the names of the classes, with slashes. */
  Set<String> classNames() {
    return classNames;
  }

  /** Returns the names of the files in {@code META-INF/services}. */
  Set<String> services() {
    return services;
  }

  /** Returns the content of {@code META-INF/web-fragment.xml}; empty without this file. */
  byte[] fragment() {
    return fragment.clone();
  }

  /**
   * Returns whether this jar is a version of another: by its names, by the package that its
   * manifest names, or because this jar has more than half of the other's classes.
   */
  boolean isSameArtifact(Library other) {
    String rootPackage = other.rootPackage();
    if (identity.names().contains(other.identity.artifact())
        || (!rootPackage.isEmpty() && identity.names().contains(rootPackage))) {
      return true;
    }
    return sharedClasses(other) * 2 > other.classNames.size();
  }

  /** Returns the number of classes that both jars have. */
  long sharedClasses(Library other) {
    return other.classNames.stream().filter(classNames::contains).count();
  }

  /** Returns the package that contains all classes, with dots, or an empty text. */
  private String rootPackage() {
    String common = classNames.stream().findFirst().orElse("");
    for (String name : classNames) {
      while (!name.startsWith(common)) {
        common = common.substring(0, common.lastIndexOf('/', common.length() - 2) + 1);
      }
    }
    return common.substring(0, Math.max(common.lastIndexOf('/'), 0)).replace('/', '.');
  }

  /** Reads the use by all classes. */
  ServletUse servletUse() throws IOException {
    ServletUse use = ServletUse.NONE;
    try (FileSystem files = FileSystems.newFileSystem(jar)) {
      for (Path file : classFiles(files.getPath("/"))) {
        use = use.plus(ServletUse.of(file));
      }
    } catch (IOException e) {
      throw broken(e);
    }
    return use;
  }

  /** Returns the fault with the name of the jar, which the fault of an entry does not have. */
  private IOException broken(IOException fault) {
    return new IOException(War.LIB + "/" + fileName() + " is broken, " + fault.getMessage(), fault);
  }

  /** Reads the use by one class. */
  ServletUse servletUseOf(String className) throws IOException {
    try (FileSystem files = FileSystems.newFileSystem(jar)) {
      return ServletUse.of(files.getPath("/", className + CLASS));
    }
  }

  /** Returns whether the jar contains the servlet API, which belongs to the server. */
  boolean isServletApi() {
    return classNames.contains("javax/servlet/Servlet")
        || classNames.contains("jakarta/servlet/Servlet");
  }

  /** Returns the files of the classes without those for certain JDKs and the module descriptor. */
  private static List<Path> classFiles(Path root) throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      return files
          .filter(file -> file.toString().endsWith(CLASS) && Files.isRegularFile(file))
          .filter(file -> !file.startsWith("/META-INF") && !file.endsWith("module-info.class"))
          .toList();
    }
  }

  private static String nameOf(Path file) {
    String name = file.toString();
    return name.substring(1, name.length() - CLASS.length());
  }

  private static Set<String> services(Path root) throws IOException {
    Path folder = root.resolve("META-INF/services");
    if (!Files.isDirectory(folder)) {
      return Set.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(Library::fileName).collect(Collectors.toSet());
    }
  }

  /** Returns the bytes of a file, at most as many as any fragment has. */
  private static byte[] start(Path file) throws IOException {
    if (!Files.exists(file)) {
      return new byte[0];
    }
    try (InputStream in = Files.newInputStream(file)) {
      return in.readNBytes(War.LARGEST_TEXT);
    }
  }

  private static String fileName(Path file) {
    return String.valueOf(file.getFileName());
  }
}
