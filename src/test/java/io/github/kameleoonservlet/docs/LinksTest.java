package io.github.kameleoonservlet.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests that the documents refer to files, headings, profiles and classes that exist. */
class LinksTest {

  private static final String ROOM = "src/main/java/io/github/kameleoonservlet/";

  static List<Document> documents() {
    return Document.all();
  }

  @ParameterizedTest
  @MethodSource("documents")
  void links_toFilesAndHeadings_resolve(Document document) {
    for (MatchResult link : document.find("\\]\\((?!https?:)([^)#]*)(?:#([^)]*))?\\)")) {
      Path folder = document.file().toAbsolutePath().getParent();
      Path target =
          link.group(1).isEmpty() ? document.file() : folder.resolve(link.group(1)).normalize();

      assertThat(target).as("%s: %s", document, link.group()).exists();
      if (link.group(2) != null) {
        assertThat(anchors(Document.read(target)))
            .as("%s: %s", document, link.group())
            .contains(link.group(2));
      }
    }
  }

  /** Returns the anchors that GitHub creates for the headings. */
  private static List<String> anchors(String text) {
    return text.lines()
        .filter(line -> line.matches("#+ .*"))
        .map(line -> line.replaceFirst("#+ ", "").toLowerCase(Locale.ROOT))
        .map(heading -> heading.replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-'))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("documents")
  void paths_ofProject_exist(Document document) {
    for (MatchResult path : document.find("`((?:src|webapp-sample|docs|\\.ci)/[\\w./*<>-]*)`")) {
      if (!path.group(1).matches(".*[*<>].*")) {
        assertThat(Files.exists(Path.of(path.group(1))))
            .as("%s names %s", document, path.group(1))
            .isTrue();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("documents")
  void profiles_ofMavenCommands_exist(Document document) {
    String pom = Document.read(Path.of("pom.xml"));
    String profiles = pom.substring(pom.indexOf("<profiles>"));
    Pattern.compile("mvn [^`\n]*-P([\\w,-]+)")
        .matcher(document.text())
        .results()
        .flatMap(command -> Stream.of(command.group(1).split(",")))
        .forEach(
            profile ->
                assertThat(profiles.contains("<id>" + profile + "</id>"))
                    .as("%s: mvn -P%s", document, profile)
                    .isTrue());
  }

  @ParameterizedTest
  @MethodSource("documents")
  void projects_ofMavenCommands_exist(Document document) {
    assertThat(Pattern.compile("mvn -f ([\\w/.-]+)").matcher(document.text()).results())
        .allSatisfy(
            command ->
                assertThat(Path.of(command.group(1), "pom.xml"))
                    .as("%s: %s", document, command.group())
                    .exists());
  }

  /**
   * The documents name a class as {@code `room.Name`}, with the room's path below the base package.
   */
  @ParameterizedTest
  @MethodSource("documents")
  void classes_withTheirRoom_exist(Document document) {
    for (MatchResult name : document.find("`((?:[a-z]+\\.)+)([A-Z]\\w+)`")) {
      String file = ROOM + name.group(1).replace('.', '/') + name.group(2) + ".java";
      if (!name.group(1).matches("(?:java|jakarta|javax|org|com|io)\\..*")) {
        assertThat(Path.of(file)).as("%s names %s", document, name.group()).exists();
      }
    }
  }

  @Test
  void rooms_eachHaveARowInContributing() {
    List<String> rooms =
        Document.below(ROOM, "package-info.java")
            .map(file -> Path.of(ROOM).relativize(file.getParent()).toString().replace('/', '.'))
            .filter(room -> !room.isEmpty())
            .toList();

    assertThat(rooms)
        .hasSizeGreaterThan(10)
        .allSatisfy(
            room ->
                assertThat(Document.of("CONTRIBUTING.md").text()).contains("\n| `" + room + "` |"));
  }

  /** The documents use full names of packages and classes, such as the name of a logger. */
  @ParameterizedTest
  @MethodSource("documents")
  void fullNames_ofLibrary_exist(Document document) {
    for (MatchResult name : document.find("`io\\.github\\.kameleoonservlet\\.([\\w.]+)`")) {
      String path = ROOM + name.group(1).replace('.', '/');
      assertThat(Files.exists(Path.of(path)) || Files.exists(Path.of(path + ".java")))
          .as("%s names %s", document, name.group())
          .isTrue();
    }
  }
}
