package io.github.kameleoonservlet.installer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EditionTest {

  @Test
  void edition_inMessages_isNamedLikeTheOption() {
    assertThat(Edition.values()).extracting(Edition::toString).containsExactly("javax", "jakarta");
  }
}
