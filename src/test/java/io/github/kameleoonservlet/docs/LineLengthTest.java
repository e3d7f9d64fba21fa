package io.github.kameleoonservlet.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Keeps the lines of the documents short, so that a change of a sentence is a small difference. */
class LineLengthTest {

  private static final int LONGEST = 120;

  static List<Document> documents() {
    return Document.all();
  }

  @ParameterizedTest
  @MethodSource("documents")
  void lines_outsideOfTables_haveAtMost120Characters(Document document) {
    assertThat(document.prose().lines().filter(line -> !line.startsWith("|")))
        .as("%s", document)
        .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(LONGEST));
  }
}
