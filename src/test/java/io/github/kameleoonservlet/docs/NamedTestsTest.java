package io.github.kameleoonservlet.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests that the tests exist that the documents name. A star stands for the rest of a name. */
class NamedTestsTest {

  private static final Pattern NAME =
      Pattern.compile("`([A-Za-z0-9]+(?:IT|Test))(?:\\.(\\w+)(\\*?))?`");

  private static final Map<String, String> SOURCES =
      Stream.of("src/test/java", "src/installer/src/test", "src/it", "webapp-sample/src/test")
          .flatMap(folder -> Document.below(folder, ".java"))
          .collect(
              Collectors.toMap(
                  file -> file.getFileName().toString().replace(".java", ""),
                  Document::read,
                  (one, other) -> one + other));

  static List<Document> documents() {
    return Document.all();
  }

  @ParameterizedTest
  @MethodSource("documents")
  void tests_namedInText_exist(Document document) {
    NAME.matcher(document.prose())
        .results()
        .forEach(test -> assertExists(test, document.toString()));
  }

  @Test
  void browserTests_namedInTables_exist() {
    String tests =
        Document.below("src", ".test.mjs").map(Document::read).collect(Collectors.joining());
    List<String> named =
        Document.current().stream()
            .flatMap(document -> document.find("(?m)\\| (?:[^|]*; )?browser: ([^|]*) \\|").stream())
            .flatMap(cell -> Pattern.compile("\"([^\"]*)\"").matcher(cell.group(1)).results())
            .map(test -> test.group(1))
            .toList();

    assertThat(named).isNotEmpty().allSatisfy(test -> assertThat(tests).contains(test));
  }

  @Test
  void threats_eachNameTestsOnly() {
    List<String> rows = rows("SECURITY.md", "## Threats");

    assertThat(rows).hasSizeGreaterThan(10);
    for (String row : rows) {
      String tests = row.substring(row.lastIndexOf('|', row.length() - 2));
      assertThat(NAME.matcher(tests).results()).as(row).isNotEmpty();
      assertThat(NAME.matcher(tests).replaceAll("").replaceAll("[|,; ]", "")).as(row).isEmpty();
    }
  }

  private static List<String> rows(String file, String heading) {
    return Document.read(Path.of(file))
        .lines()
        .dropWhile(line -> !line.equals(heading))
        .skip(1)
        .takeWhile(line -> !line.startsWith("## "))
        .filter(line -> line.matches("\\| (?!threat|---).*"))
        .toList();
  }

  private static void assertExists(MatchResult test, String document) {
    String where = document + " names " + test.group();
    assertThat(SOURCES.containsKey(test.group(1))).as(where).isTrue();
    if (test.group(2) != null) {
      String name = test.group(2) + (test.group(3).isEmpty() ? "(" : "");
      assertThat(SOURCES.get(test.group(1)).contains(name)).as(where).isTrue();
    }
  }
}
