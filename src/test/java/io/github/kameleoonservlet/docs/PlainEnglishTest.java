package io.github.kameleoonservlet.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Keeps words out of documents and comments that hide the subject of a sentence, or that a reader
 * with English as a second language does not know.
 */
class PlainEnglishTest {

  private static final Pattern WORD =
      Pattern.compile(
          "(?i)\\b(?:nobody|somebody|anybody|whoever|ours|theirs|for ever|anew|shall|says?|tells?"
              + "|hears?)\\b");

  /** Names of settings, values and tests. */
  private static final Pattern CODE = Pattern.compile("`[^`]*`|\\{@\\w+ [^}]*}");

  private static final Pattern COMMENT = Pattern.compile("(?m)/\\*\\*(?s:.*?)\\*/|^\\s*// .*$");

  static Stream<Document> documents() {
    return Document.all().stream();
  }

  static Stream<Path> sources() {
    return Stream.of("src/main/java", "src/test/java", "src/it", "src/installer", "webapp-sample")
        .flatMap(folder -> Document.below(folder, ".java"));
  }

  @ParameterizedTest
  @MethodSource("documents")
  void document_containsNoHiddenSubject(Document document) {
    assertThat(hidden(document.prose())).isEmpty();
  }

  @Test
  void comments_containNoHiddenSubject() {
    assertThat(sources()).hasSizeGreaterThan(400);
    assertThat(sources().filter(source -> !hidden(comments(source)).isEmpty()))
        .allSatisfy(source -> assertThat(hidden(comments(source))).as("%s", source).isEmpty());
  }

  private static String comments(Path source) {
    return COMMENT
        .matcher(Document.read(source))
        .results()
        .map(MatchResult::group)
        .collect(Collectors.joining("\n"));
  }

  private static String hidden(String text) {
    return WORD.matcher(CODE.matcher(text).replaceAll(""))
        .results()
        .map(MatchResult::group)
        .collect(Collectors.joining(", "));
  }
}
