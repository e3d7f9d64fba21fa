package io.github.kameleoonservlet.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xml.sax.InputSource;

/**
 * Tests that the code in the documents is code that tests compile and run. The line {@code …}
 * replaces omitted lines.
 */
class SnippetsTest {

  private static final Pattern PARAMETER =
      Pattern.compile("<(?:init|context)-param><param-name>(?:kameleoon\\.)?([^<]*)<.*");

  static List<Document> documents() {
    return Document.current();
  }

  @ParameterizedTest
  @MethodSource("documents")
  void java_equalsTestedSources(Document document) {
    List<String> sources =
        Stream.of("src/it", "webapp-sample/src/main/java", "src/test/java")
            .flatMap(folder -> Document.below(folder, ".java"))
            .map(file -> joined(Document.read(file).lines().map(String::strip).toList()))
            .toList();

    for (List<String> block : document.blocks("java")) {
      assertThat(sources.stream().anyMatch(source -> containsAll(source, parts(block))))
          .as("%s: code that no test runs: %s", document, block)
          .isTrue();
    }
  }

  @ParameterizedTest
  @MethodSource("documents")
  void xml_consistsOfLinesOfTestedFiles(Document document) throws Exception {
    Set<String> tested =
        Stream.concat(
                Stream.of("src/it", "webapp-sample").flatMap(dir -> Document.below(dir, ".xml")),
                Stream.of(Path.of("pom.xml")))
            .flatMap(file -> Document.read(file).lines())
            .map(String::strip)
            .collect(Collectors.toSet());
    String settings = Document.read(Path.of("docs/settings.md"));

    for (List<String> block : document.blocks("xml")) {
      DocumentBuilderFactory.newInstance()
          .newDocumentBuilder()
          .parse(new InputSource(new StringReader("<x>" + String.join("\n", block) + "</x>")));
      for (String line : block) {
        var parameter = PARAMETER.matcher(line);
        if (parameter.matches()) {
          String name = parameter.group(1).replaceFirst("customData\\..*", "customData.<index>");
          assertThat(settings).as("%s: %s", document, line).contains("\n| `" + name + "` |");
        } else if (!line.contains("<!--")) {
          assertThat(tested.contains(line))
              .as("%s: a line that no test uses: %s", document, line)
              .isTrue();
        }
      }
    }
  }

  @Test
  void filterMapping_ofReadme_equalsTestedApplications() {
    String mapping = "<filter-mapping>\n<filter-name>kameleoonVisitor</filter-name>";
    String readme = joined(Document.read(Path.of("README.md")).lines().map(String::strip).toList());
    String snippet = readme.substring(readme.indexOf(mapping));
    snippet = snippet.substring(0, snippet.indexOf("</filter-mapping>"));

    for (String application : List.of("src/it/apps/spring-security/src", "webapp-sample/src")) {
      String descriptor = Document.read(Path.of(application, "main/webapp/WEB-INF/web.xml"));
      assertThat(joined(descriptor.lines().map(String::strip).toList())).contains(snippet);
    }
  }

  @ParameterizedTest
  @MethodSource("documents")
  void jsp_consistsOfLinesOfTestedPages(Document document) {
    Set<String> tested =
        Stream.of("webapp-sample/src/main/webapp", "src/test/webapps")
            .flatMap(
                folder ->
                    Stream.of(".jsp", ".jspf").flatMap(ending -> Document.below(folder, ending)))
            .flatMap(file -> Document.read(file).lines())
            .map(String::strip)
            .collect(Collectors.toSet());

    for (List<String> block : document.blocks("jsp")) {
      assertThat(block)
          .as("%s", document)
          .allSatisfy(line -> assertThat(line.equals("…") || tested.contains(line)).isTrue());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"src/it/apps/persistence/pom.xml", "webapp-sample/pom.xml"})
  void pom_ofTestedApplication_needsNoExclusion(String pom) {
    assertThat(Document.read(Path.of(pom))).contains("hibernate-core").doesNotContain("<exclusion");
  }

  /** Returns whether a source contains the parts in the given order. */
  private static boolean containsAll(String source, List<String> parts) {
    int from = 0;
    for (String part : parts) {
      int found = source.indexOf(part, from);
      if (found < 0) {
        return false;
      }
      from = found + part.length();
    }
    return true;
  }

  private static List<String> parts(List<String> block) {
    List<String> parts = new ArrayList<>();
    for (String part : (joined(block) + "\n").split("…\n")) {
      parts.add(part.strip());
    }
    return parts;
  }

  private static String joined(List<String> lines) {
    return lines.stream().filter(line -> !line.isEmpty()).collect(Collectors.joining("\n"));
  }
}
