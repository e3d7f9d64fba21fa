package io.github.kameleoonservlet.internal.kameleoon;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kameleoonservlet.internal.targeting.CustomDataKey;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CustomDataNamesTest {

  private final CustomDataNames names = new CustomDataNames();

  @Test
  void index_digits_needsNoDataFile() {
    assertThat(names.index("7")).isEqualTo(7);
    assertThat(names.index("plan")).isNull();
  }

  @Test
  void index_name_isTakenFromNewestDataFile() {
    names.replace(Map.of("plan", 3));
    assertThat(names.index("plan")).isEqualTo(3);
    assertThat(names.index("Plan")).isNull();
    names.replace(Map.of("segment", 4));
    assertThat(names.index("plan")).isNull();
  }

  @Test
  void isIndex_notNumberOfNineDigits_isFalse() {
    assertThat(CustomDataKey.isIndex("0")).isTrue();
    assertThat(CustomDataKey.isIndex("03")).isFalse();
    for (String name : new String[] {"", "-1", "1a", "1234567890", "\u0661"}) {
      assertThat(CustomDataKey.isIndex(name)).as(name).isFalse();
    }
  }
}
