package io.github.kameleoonservlet;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** README and SECURITY.md show what is tested, and name tests that exist. */
class ReadmeTest {

  private static final String README = read("README.md");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "src/it/cdi/src/main/java/shop/VisitorProducer.java",
        "src/it/spring-boot/src/main/java/shop/KameleoonConfiguration.java",
        "src/it/spring-security/src/main/java/shop/SignedInCustomer.java"
      })
  void snippet_isTheTextOfATestedClass(String source) {
    String text = read(source);
    int afterImports = text.indexOf('\n', text.lastIndexOf("\nimport ") + 1);

    assertThat(README).contains("```java\n" + text.substring(afterImports).strip() + "\n```");
  }

  @ParameterizedTest
  @ValueSource(strings = {"src/it/persistence/pom.xml", "webapp-sample/pom.xml"})
  void pom_ofTestedApplication_needsNoExclusion(String pom) {
    assertThat(read(pom)).contains("hibernate-core").doesNotContain("<exclusion");
  }

  @Test
  void platforms_nameTestsThatExist() {
    List<MatchResult> named = matches("`(\\w+(?:IT|Test))\\.(\\w+)`");

    assertThat(named).isNotEmpty();
    assertThat(named)
        .allSatisfy(test -> assertThat(source(test.group(1))).contains(test.group(2) + "("));
  }

  @Test
  void platforms_nameBrowserStoriesThatExist() {
    String stories =
        read("src/test/browser/peer.test.mjs") + read("src/test/browser/targeting.test.mjs");
    List<String> named =
        matches("\\| (?:[^|]*; )?browser: ([^|]*) \\|").stream()
            .flatMap(cell -> Pattern.compile("\"([^\"]*)\"").matcher(cell.group(1)).results())
            .map(story -> story.group(1))
            .toList();

    assertThat(named).isNotEmpty().allSatisfy(story -> assertThat(stories).contains(story));
  }

  /** A star stands for the rest of a name. */
  @Test
  void threats_eachNamesTestsThatExist() {
    List<String> rows =
        read("SECURITY.md")
            .lines()
            .dropWhile(line -> !line.equals("## Threats"))
            .skip(1)
            .takeWhile(line -> !line.startsWith("## "))
            .filter(line -> line.matches("\\| (?!threat|---).*"))
            .toList();

    assertThat(rows).hasSizeGreaterThan(10);
    for (String row : rows) {
      String tests = row.substring(row.lastIndexOf('|', row.length() - 2));
      List<MatchResult> named =
          Pattern.compile("`(\\w+(?:IT|Test))(?:\\.(\\w+)(\\*?))?`")
              .matcher(tests)
              .results()
              .toList();
      assertThat(named).as(row).isNotEmpty();
      assertThat(named)
          .as(row)
          .allSatisfy(
              test -> {
                String name = test.group(2) == null ? "class " + test.group(1) : test.group(2);
                boolean whole = test.group(2) != null && test.group(3).isEmpty();
                assertThat(source(test.group(1))).contains(whole ? name + "(" : name);
              });
      assertThat(tests.replaceAll("`\\w+(\\.\\w+\\*?)?`|[|,; ]", "")).as(row).isEmpty();
    }
  }

  private static List<MatchResult> matches(String pattern) {
    return Pattern.compile(pattern).matcher(README).results().toList();
  }

  private static String source(String name) {
    try (Stream<Path> files = Files.walk(Path.of("src/test/java"))) {
      return files
          .filter(file -> file.endsWith(name + ".java"))
          .map(file -> read(file.toString()))
          .findFirst()
          .orElse("");
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static String read(String file) {
    try {
      return Files.readString(Path.of(file));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
