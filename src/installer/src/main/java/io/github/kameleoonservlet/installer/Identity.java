package io.github.kameleoonservlet.installer;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.Attributes;
import java.util.jar.Manifest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The artifact and the version of a jar.
 *
 * @param artifact the artifact id, in lower case
 * @param version the version, or {@code unknown}
 * @param source where the jar declares the version: for messages
 * @param names all names under which the jar may be known, in lower case
 */
record Identity(String artifact, String version, String source, Set<String> names) {

  private static final Pattern FILE_NAME = Pattern.compile("(.+?)-(\\d.*)\\.jar");
  private static final List<String> NAMES =
      List.of("Extension-Name", "Implementation-Title", "Bundle-SymbolicName");
  private static final List<String> VERSIONS =
      List.of("Implementation-Version", "Bundle-Version", "Specification-Version");

  /**
   * Reads the identity of a jar: from the Maven properties, else from the name of the file, else
   * from the manifest.
   *
   * @param root the root of the opened jar
   */
  static Identity read(String fileName, Path root) throws IOException {
    Matcher named = FILE_NAME.matcher(fileName);
    boolean isNamed = named.matches();
    String artifact = isNamed ? named.group(1) : fileName.replaceFirst("\\.jar$", "");
    Properties maven = maven(root);
    Attributes manifest = manifest(root);
    Set<String> names = new TreeSet<>(Set.of(lowerCase(artifact)));
    for (String name : NAMES) {
      String value = manifest.getValue(name);
      if (value != null) {
        // A symbolic name is a package, the artifact, and directives behind a semicolon.
        String whole = lowerCase(value.replaceFirst(";.*", ""));
        names.add(whole);
        names.add(whole.substring(whole.lastIndexOf('.') + 1));
      }
    }
    if (maven.getProperty("artifactId") != null && maven.getProperty("version") != null) {
      names.add(lowerCase(maven.getProperty("artifactId")));
      return new Identity(
          lowerCase(maven.getProperty("artifactId")),
          maven.getProperty("version"),
          "pom.properties",
          names);
    }
    if (isNamed) {
      return new Identity(lowerCase(artifact), named.group(2), "the file name", names);
    }
    for (String name : VERSIONS) {
      if (manifest.getValue(name) != null) {
        String source = name + " in the manifest";
        return new Identity(lowerCase(artifact), manifest.getValue(name).strip(), source, names);
      }
    }
    return new Identity(lowerCase(artifact), "unknown", "no file", names);
  }

  private static String lowerCase(String name) {
    return name.strip().toLowerCase(Locale.ROOT);
  }

  /** Reads the only {@code pom.properties}. A jar with several contains other jars. */
  private static Properties maven(Path root) throws IOException {
    Properties properties = new Properties();
    Path folder = root.resolve("META-INF/maven");
    if (Files.isDirectory(folder)) {
      List<Path> files;
      try (Stream<Path> all = Files.walk(folder, 3)) {
        files = all.filter(file -> file.endsWith("pom.properties")).toList();
      }
      if (files.size() == 1) {
        try (InputStream in = Files.newInputStream(files.get(0))) {
          properties.load(in);
        }
      }
    }
    return properties;
  }

  private static Attributes manifest(Path root) throws IOException {
    Path file = root.resolve("META-INF/MANIFEST.MF");
    if (!Files.exists(file)) {
      return new Attributes();
    }
    try (InputStream in = Files.newInputStream(file)) {
      return new Manifest(in).getMainAttributes();
    }
  }
}
