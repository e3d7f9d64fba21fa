package io.github.kameleoonservlet;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Tests that the scenarios, the installer and the sample use the versions of {@code pom.xml}. The
 * other poms repeat the versions, because a project with the packaging jar cannot be a parent.
 */
class VersionsTest {

  private static final Path ROOT = Path.of("pom.xml");
  private static final Path SCENARIOS = Path.of("src/it/pom.xml");

  private static final Path JAVAX = Path.of("src/javax/pom.xml");

  /** The scenarios that use another version of Tomcat or of Spring on purpose. */
  private static final Set<Path> OTHER =
      Set.of(
          Path.of("src/it/javax-sample/pom.xml"),
          Path.of("src/it/libraries/javax/pom.xml"),
          Path.of("src/it/servers/tomcat9/pom.xml"),
          Path.of("src/it/servers/tomcat11/pom.xml"));

  private static final Pattern PROJECT = Pattern.compile("<version>([^<]+)</version>");
  private static final Pattern PROPERTY = Pattern.compile("<([a-z0-9-]+\\.version)>([^<$]+)</\\1>");
  private static final Pattern COPIED =
      Pattern.compile("<artifactItem>.*?</artifactItem>", Pattern.DOTALL);
  private static final Pattern VERSION =
      Pattern.compile(
          "<groupId>([^<]+)</groupId>\\s*<artifactId>([^<]+)</artifactId>\\s*"
              + "<version>([^<]+)</version>");

  private static final Pattern RENAMED =
      Pattern.compile("<relocation><pattern>jakarta\\.(\\w+)</pattern>");
  private static final Pattern RENAMED_IN_SOURCES =
      Pattern.compile("pattern=\"jakarta\\\\\\.\\(([\\w|]+)\\)\"");

  static Stream<Path> poms() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("src/it"))) {
      return Stream.concat(
          files.toList().stream(),
          Stream.of(JAVAX, Path.of("src/installer/pom.xml"), Path.of("webapp-sample/pom.xml")))
          .filter(file -> file.endsWith("pom.xml") && !OTHER.contains(file))
          .toList()
          .stream();
    }
  }

  @ParameterizedTest
  @MethodSource("poms")
  void version_inAnotherPom_equalsRootVersion(Path pom) {
    Map<String, String> root = versions(ROOT);
    Map<String, String> other = versions(pom);
    other.keySet().retainAll(root.keySet());

    assertThat(root).containsAllEntriesOf(other);
    assertThat(project(pom)).isEqualTo(project(ROOT));
  }

  @Test
  void scenarios_versionsInRootPom_areCompared() {
    Map<String, String> scenarios = versions(SCENARIOS);
    scenarios.keySet().retainAll(versions(ROOT).keySet());

    assertThat(scenarios).hasSizeGreaterThan(5);
  }

  @Test
  void packages_renamedInSourcesOfJavaxEdition_areThoseRenamedInClasses() {
    List<String> inClasses =
        RENAMED.matcher(read(ROOT)).results().map(match -> match.group(1)).sorted().toList();
    Matcher inSources = RENAMED_IN_SOURCES.matcher(read(Path.of("src/dist/build.xml")));

    assertThat(inSources.find()).isTrue();
    assertThat(inClasses)
        .hasSizeGreaterThan(2)
        .containsExactlyInAnyOrder(inSources.group(1).split("\\|", -1));
  }

  /** Returns the versions of plugins and dependencies. */
  private static Map<String, String> versions(Path pom) {
    Map<String, String> properties = new HashMap<>();
    properties.put("project.version", project(pom));
    for (Path with : new Path[] {SCENARIOS, pom}) {
      PROPERTY.matcher(read(with)).results().forEach(p -> properties.put(p.group(1), p.group(2)));
    }
    Map<String, String> versions = new TreeMap<>();
    // Tests copy old versions of jars.
    Matcher matcher = VERSION.matcher(COPIED.matcher(read(pom)).replaceAll(""));
    while (matcher.find()) {
      String version = matcher.group(3).replaceAll("[${}]", "");
      versions.put(
          matcher.group(1) + ":" + matcher.group(2), properties.getOrDefault(version, version));
    }
    return versions;
  }

  /** Returns the version of the project, or of its parent: the first version in the file. */
  private static String project(Path pom) {
    return PROJECT.matcher(read(pom)).results().findFirst().orElseThrow().group(1);
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
