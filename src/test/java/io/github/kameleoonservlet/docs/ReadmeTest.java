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
  void readme_linksEveryDocument() {
    assertThat(Document.below("docs", ".md"))
        .allSatisfy(file -> assertThat(README.text()).contains(file.toString()));
  }

  @Test
  void picture_anyFile_isShownByDocument() {
    assertThat(Document.below("docs/images", ".png"))
        .hasSizeGreaterThan(2)
        .allSatisfy(
            picture ->
                assertThat(Document.all())
                    .anyMatch(
                        document -> document.text().contains("images/" + picture.getFileName())));
  }
}
