package io.github.kameleoonservlet.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Tests that the library contains the texts of the log lines that the documents quote: sentences in
 * backticks. The sign … stands for a variable part.
 */
class LogLinesTest {

  private static final String SENTENCE = "`((?:… [a-z]+|[A-Z][a-z]*(?:'s)?)(?: [^` ]+){3,})`";

  private static final String SOURCES =
      Document.below("src/main/java", ".java")
          .map(Document::read)
          .map(source -> source.replaceAll("\"\\s*\\+ \"", ""))
          .collect(Collectors.joining());

  static List<Document> documents() {
    return Document.current();
  }

  @ParameterizedTest
  @MethodSource("documents")
  void quotedLogLine_isATextOfTheLibrary(Document document) {
    assertThat(document.find(SENTENCE).stream().map(line -> line.group(1)))
        .as("%s", document)
        .allSatisfy(
            line ->
                assertThat(List.of(line.split("…")))
                    .allSatisfy(part -> assertThat(SOURCES.contains(part)).as(part).isTrue()));
  }
}
