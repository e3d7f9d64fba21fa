package io.github.kameleoonservlet.internal.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kameleoonservlet.identity.Outcome;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FirstSignInsTest {

  @ParameterizedTest
  @CsvSource({
    "99, 0, 0, 0",
    "100, 0, 0, 100",
    "51, 0, 49, 51",
    "50, 0, 50, 0",
    "95, 5, 0, 95",
    "94, 6, 0, 0",
    "100, 0, 50, 0",
    "100, 0, 49, 51"
  })
  void add_moreThanHundredSignIns_lastHundredDecide(
      int separated, int restored, int linked, int shown) {
    FirstSignIns signIns = new FirstSignIns();
    int last = 0;
    for (int i = 0; i < separated; i++) {
      last = signIns.add(Outcome.SEPARATED);
    }
    for (int i = 0; i < restored; i++) {
      last = signIns.add(Outcome.RESTORED);
    }
    for (int i = 0; i < linked; i++) {
      last = signIns.add(Outcome.LINKED);
    }

    assertThat(last).isEqualTo(shown);
  }
}
