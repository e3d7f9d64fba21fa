package io.github.kameleoonservlet.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarInputStream;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.xml.XMLConstants;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.Schema;
import javax.xml.validation.SchemaFactory;
import org.cyclonedx.model.Bom;
import org.cyclonedx.model.Component;
import org.cyclonedx.model.Hash;
import org.cyclonedx.parsers.JsonParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.bootstrap.DOMImplementationRegistry;
import org.w3c.dom.ls.DOMImplementationLS;
import org.w3c.dom.ls.LSInput;

/** Tests the files of the finished archive. */
class ArchiveTest {

  private static final Pattern JAR_OF_EDITION =
      Pattern.compile("(?m)^\\| [^|]+ \\| (\\S+\\.jar) \\| \\d+ \\| (both|jakarta) \\|");
  private static final Pattern LICENCES =
      Pattern.compile("(?m)^\\| (\\S+\\.jar|picocli [^|]+) \\| ([^|]+) \\|");

  private static final Archive ARCHIVE = Archive.ofBuild();

  @Test
  void files_areThoseOfTheList() throws IOException {
    Set<String> expected =
        new LinkedHashSet<>(
            Set.of(
                "LICENSE",
                "README.md",
                "SHA256SUMS",
                "THIRD-PARTY.md",
                "ddl/h2.sql",
                "ddl/load-h2.sql",
                "ddl/load-postgresql.sql",
                "ddl/mariadb.sql",
                "ddl/postgresql.sql",
                "kameleoon-servlet-install-" + Archive.VERSION + ".jar",
                "sample/kameleoon-data-file.json"));
    for (String edition : Set.of("jakarta", "javax")) {
      expected.add(edition + "/web.xml");
      expected.add(edition + "/bom.json");
      jars(edition).forEach(jar -> expected.add(edition + "/lib/" + jar));
      expected.add(edition + "/lib/" + library(edition));
    }
    for (String root : Set.of("README", "SECURITY", "CONTRIBUTING", "CHANGELOG", "RATIONALE")) {
      expected.add("documentation/" + root + ".md");
    }
    try (Stream<Path> docs = Files.walk(Path.of("docs"))) {
      docs.filter(Files::isRegularFile).forEach(doc -> expected.add("documentation/" + doc));
    }
    licences().forEach(licence -> expected.add("licenses/" + licence + ".txt"));
    expected.add("sources/" + sdk().replace(".jar", "-sources.jar"));

    assertThat(ARCHIVE.files().keySet()).containsExactlyInAnyOrderElementsOf(expected);
  }

  private static String library(String edition) {
    return "kameleoon-servlet-"
        + (edition.equals("javax") ? "javax-" : "")
        + Archive.VERSION
        + ".jar";
  }

  /** Returns the jars of SECURITY.md, which DependenciesIT compares with those of the build. */
  private static Set<String> jars(String edition) throws IOException {
    return JAR_OF_EDITION
        .matcher(Files.readString(Path.of("SECURITY.md")))
        .results()
        .filter(row -> row.group(2).equals("both") || row.group(2).equals(edition))
        .map(row -> row.group(1))
        .collect(Collectors.toSet());
  }

  private static String sdk() {
    return ARCHIVE.in("javax/lib").stream()
        .filter(jar -> jar.startsWith("kameleoon-client-java-"))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void checksums_ofAllFiles_areRight() {
    Map<String, String> listed = new TreeMap<>();
    ARCHIVE
        .text("SHA256SUMS")
        .lines()
        .forEach(line -> listed.put(line.substring(66), line.substring(0, 64)));
    Map<String, String> expected = new TreeMap<>();
    ARCHIVE.files().keySet().forEach(file -> expected.put(file, ARCHIVE.sha256(file)));
    expected.remove("SHA256SUMS");

    assertThat(listed).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"jakarta, 16", "javax, 13"})
  void listOfJars_ofEdition_isValidAndHasEachJar(String edition, int jars) throws Exception {
    byte[] file = ARCHIVE.bytes(edition + "/bom.json");
    Bom bom = new JsonParser().parse(file);
    String library = library(edition);
    Map<String, String> expected = new TreeMap<>();
    ARCHIVE.in(edition + "/lib").stream()
        .filter(jar -> !jar.equals(library))
        .forEach(jar -> expected.put(jar, ARCHIVE.sha256(edition + "/lib/" + jar)));

    assertThat(new JsonParser().validate(file)).isEmpty();
    assertThat(expected).hasSize(jars);
    assertThat(
            bom.getComponents().stream()
                .collect(
                    Collectors.toMap(
                        part -> part.getName() + "-" + part.getVersion() + ".jar",
                        ArchiveTest::sha256)))
        .isEqualTo(expected);
    assertThat(bom.getComponents())
        .allSatisfy(
            part -> assertThat(part.getLicenses()).as("licence of " + part.getName()).isNotNull());
    assertThat(bom.getMetadata().getComponent().getPurl())
        .startsWith(
            "pkg:maven/io.github.kameleoonservlet/"
                + library
                    .replace("-" + Archive.VERSION, "@" + Archive.VERSION)
                    .replace(".jar", ""));
  }

  private static String sha256(Component part) {
    return part.getHashes().stream()
        .filter(hash -> hash.getAlgorithm().equals(Hash.Algorithm.SHA_256.getSpec()))
        .map(Hash::getValue)
        .findFirst()
        .orElse("none");
  }

  @ParameterizedTest
  @CsvSource({"jakarta, 6_0", "javax, 4_0"})
  void webXml_ofEdition_isValidAndOfEdition(String edition, String version) throws Exception {
    String file = ARCHIVE.text(edition + "/web.xml");

    schema("web-app_" + version + ".xsd")
        .newValidator()
        .validate(new StreamSource(new StringReader(file)));
    assertThat(file)
        .contains("applications that use " + edition + ".servlet")
        .contains("version=\"" + version.replace('_', '.') + "\"")
        .doesNotContain(edition.equals("javax") ? "jakarta.ee" : "jcp.org");
    for (String element : new String[] {"filter-class", "servlet-class"}) {
      String name = file.replaceAll("(?s).*<" + element + ">(.*?)<.*", "$1");
      assertThat(entries(edition + "/lib/" + library(edition)))
          .contains(name.replace('.', '/') + ".class");
    }
  }

  private static Schema schema(String name) throws Exception {
    SchemaFactory factory = SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI);
    DOMImplementationLS inputs =
        (DOMImplementationLS)
            DOMImplementationRegistry.newInstance().getDOMImplementation("LS 3.0");
    // The schemas name others by address. The servlet API contains all of them.
    factory.setResourceResolver(
        (type, namespace, publicId, systemId, base) -> {
          LSInput input = inputs.createLSInput();
          input.setSystemId(systemId);
          input.setByteStream(resource(systemId.substring(systemId.lastIndexOf('/') + 1)));
          return input;
        });
    return factory.newSchema(new StreamSource(resource(name), name));
  }

  private static InputStream resource(String schema) {
    return Objects.requireNonNull(
        ArchiveTest.class.getResourceAsStream("/jakarta/servlet/resources/" + schema), schema);
  }

  private static Set<String> entries(String jar) throws IOException {
    Set<String> names = new LinkedHashSet<>();
    try (JarInputStream entries =
        new JarInputStream(new ByteArrayInputStream(ARCHIVE.bytes(jar)))) {
      JarEntry entry = entries.getNextJarEntry();
      while (entry != null) {
        names.add(entry.getName());
        entry = entries.getNextJarEntry();
      }
    }
    return names;
  }

  @ParameterizedTest
  @ValueSource(strings = {"h2", "postgresql", "mariadb"})
  void ddl_equalsThatOfTheLibrary(String database) throws IOException {
    String resource = "io/github/kameleoonservlet/schema/" + database + ".sql";

    assertThat(ARCHIVE.bytes("ddl/" + database + ".sql"))
        .isEqualTo(Files.readAllBytes(Path.of("src/main/resources", resource)));
    for (String edition : Set.of("jakarta", "javax")) {
      assertThat(entries(edition + "/lib/" + library(edition))).contains(resource);
    }
  }

  /** Returns the identifiers of THIRD-PARTY.md, without their operators. */
  private static Set<String> licences() {
    return LICENCES
        .matcher(ARCHIVE.text("THIRD-PARTY.md"))
        .results()
        .flatMap(row -> Arrays.stream(row.group(2).split(" ")))
        .filter(word -> !Set.of("OR", "AND", "WITH").contains(word))
        .collect(Collectors.toSet());
  }

  @ParameterizedTest
  @CsvSource({
    "Apache-2.0, Apache License Version 2.0",
    "CDDL-1.1, COMMON DEVELOPMENT AND DISTRIBUTION LICENSE (CDDL) Version 1.1",
    "Classpath-exception-2.0, 'As a special exception, the copyright holders'",
    "EPL-1.0, Eclipse Public License - v 1.0",
    "EPL-2.0, Eclipse Public License - v 2.0",
    "GPL-2.0-only, 'GNU GENERAL PUBLIC LICENSE Version 2, June 1991'",
    "GPL-3.0-only, 'GNU GENERAL PUBLIC LICENSE Version 3, 29 June 2007'",
    "MIT, Permission is hereby granted",
    "MPL-2.0, Mozilla Public License Version 2.0",
  })
  void licence_ofJar_isTheWholeText(String name, String words) {
    String text = ARCHIVE.text("licenses/" + name + ".txt").replaceAll("\\s+", " ");

    assertThat(licences()).contains(name);
    assertThat(text).contains(words).hasSizeGreaterThan(700);
  }

  @Test
  void source_ofSdk_hasEachTypeOfJar() throws IOException {
    String source = textOf("sources/" + sdk().replace(".jar", "-sources.jar"));

    assertThat(entries("javax/lib/" + sdk()))
        .filteredOn(entry -> entry.endsWith(".class") && !entry.contains("$"))
        .hasSizeGreaterThan(50)
        .allSatisfy(
            entry -> {
              String type = entry.replaceAll(".*/|\\.class", "");
              assertThat(source).containsPattern("(class|interface|enum) " + type + "\\b");
            });
  }

  private static String textOf(String jar) throws IOException {
    StringBuilder text = new StringBuilder();
    try (JarInputStream entries =
        new JarInputStream(new ByteArrayInputStream(ARCHIVE.bytes(jar)))) {
      while (entries.getNextJarEntry() != null) {
        text.append(new String(entries.readAllBytes(), StandardCharsets.UTF_8));
      }
    }
    return text.toString();
  }

  @Test
  void installer_startsByItself(@TempDir Path folder) throws Exception {
    Path jar = folder.resolve("installer.jar");
    Files.write(jar, ARCHIVE.bytes("kameleoon-servlet-install-" + Archive.VERSION + ".jar"));
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-jar",
                jar.toString(),
                "--help")
            .redirectErrorStream(true)
            .start();
    try (InputStream output = process.getInputStream()) {
      assertThat(new String(output.readAllBytes(), StandardCharsets.UTF_8)).contains("--site-code");
    }
    assertThat(process.waitFor()).isZero();
  }
}
