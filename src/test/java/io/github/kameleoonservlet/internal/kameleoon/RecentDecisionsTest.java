package io.github.kameleoonservlet.internal.kameleoon;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RecentDecisionsTest {

  private static final int MAX = 100;
  private static final int LEAST = 10;

  private final RecentDecisions recent = new RecentDecisions(MAX, LEAST);

  @Test
  void visitors_moreThanMaximum_latestHalfIsRemembered() {
    for (int i = 0; i < 20 * MAX; i++) {
      add("visitor-" + i);
      for (int reads = 0; reads < 4; reads++) {
        assertThat(recent.get("visitor-" + i)).isNotNull();
      }
    }

    for (int i = 20 * MAX - MAX / 2; i < 20 * MAX; i++) {
      assertThat(recent.get("visitor-" + i)).isNotNull();
    }
    assertThat(IntStream.range(0, 20 * MAX).filter(i -> has("visitor-" + i)).count())
        .isLessThanOrEqualTo(MAX);
  }

  @Test
  void visitor_readRepeatedly_isRemembered() {
    add("regular");
    for (int i = 0; i < 20 * MAX; i++) {
      add("visitor-" + i);
      assertThat(recent.get("regular")).isNotNull();
    }
  }

  @Test
  void visitors_maximumZero_areNotRemembered() {
    RecentDecisions none = new RecentDecisions(0, LEAST);
    none.change("visitor", list -> one());

    assertThat(none.get("visitor")).isNull();
  }

  private void add(String visitor) {
    recent.change(visitor, list -> one());
  }

  private boolean has(String visitor) {
    return recent.get(visitor) != null;
  }

  private static DecisionList one() {
    return new DecisionList(null, 0, 0, null, null);
  }
}
