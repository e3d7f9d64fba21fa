package io.github.kameleoonservlet.docs;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Keeps the README short enough to be read to its end. */
class ReadmeTest {

  private static final Document README = Document.of("README.md");

  @Test
  void readme_isShort() {
    assertThat(README.text().lines()).hasSizeLessThanOrEqualTo(220);
    assertThat(README.text().lines()).allSatisfy(line -> assertThat(line).hasSizeLessThan(121));
  }

  @Test
  void readme_linksEveryDocumentAndPicture() {
    assertThat(Document.below("docs", ""))
        .filteredOn(file -> file.toFile().isFile())
        .allSatisfy(file -> assertThat(README.text()).contains(file.toString()));
  }
}
