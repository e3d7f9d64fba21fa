package io.github.kameleoonservlet.internal.kameleoon;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RecentVisitorsTest {

  private final AtomicLong now = new AtomicLong();
  private final RecentVisitors<String> visitors = new RecentVisitors<>(1_000, now::get);

  @Test
  void isNew_sameValueWithinTime_isFalse() {
    assertThat(visitors.isNew("a", "x")).isTrue();
    now.set(Duration.ofMillis(999).toNanos());
    assertThat(visitors.isNew("a", "x")).isFalse();
    assertThat(visitors.isNew("b", "x")).isTrue();
    assertThat(visitors.isNew("a", "y")).isTrue();
  }

  @Test
  void isNew_afterTime_isTrue() {
    visitors.isNew("a", "x");
    now.set(Duration.ofMillis(1_000).toNanos());
    assertThat(visitors.isNew("a", "x")).isTrue();
  }

  @Test
  void isNew_afterTenThousandOtherVisitors_isTrue() {
    visitors.isNew("first", "x");
    for (int i = 0; i < 10_000; i++) {
      visitors.isNew("v" + i, "x");
    }
    assertThat(visitors.isNew("v1", "x")).isFalse();
    assertThat(visitors.isNew("first", "x")).isTrue();
  }

  @Test
  void isNew_calledAgain_prolongsTime() {
    visitors.isNew("a", "x");
    now.set(Duration.ofMillis(900).toNanos());
    visitors.isNew("a", "x");
    now.set(Duration.ofMillis(1_800).toNanos());
    assertThat(visitors.isNew("a", "x")).isFalse();
  }

  @Test
  void isNew_afterForget_isTrue() {
    visitors.isNew("a", "x");
    visitors.isNew("b", "x");
    visitors.forget("a");
    assertThat(visitors.isNew("a", "x")).isTrue();
    assertThat(visitors.isNew("b", "x")).isFalse();
    visitors.clear();
    assertThat(visitors.isNew("b", "x")).isTrue();
  }
}
