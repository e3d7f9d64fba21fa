package io.github.kameleoonservlet.internal.targeting;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CustomDataKeyTest {

  @ParameterizedTest
  @ValueSource(strings = {"0", "9", "10", "123456789"})
  void isIndex_wholeNumber_isTrue(String text) {
    assertThat(CustomDataKey.isIndex(text)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "00", "01", "-1", "+1", "1.0", "1234567890", "a", "1a", "1/", "1:"})
  void isIndex_otherText_isFalse(String text) {
    assertThat(CustomDataKey.isIndex(text)).isFalse();
  }
}
