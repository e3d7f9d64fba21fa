package io.github.kameleoonservlet.internal.outage;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FirstOccurrencesTest {

  private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5);

  @Test
  void isFirst_sameCauseAgain_isFalseUntilCauseEnds() {
    FirstOccurrences faults = new FirstOccurrences();

    assertThat(faults.isFirst("a")).isTrue();
    assertThat(faults.isFirst("a")).isFalse();
    assertThat(faults.isFirst("b")).isTrue();
    assertThat(faults.ended("a")).isTrue();
    assertThat(faults.ended("a")).isFalse();
    assertThat(faults.isFirst("a")).isTrue();
    assertThat(faults.isFirst("b")).isFalse();
  }

  @Test
  void isFirst_manyThreads_isTrueOnce() {
    FirstOccurrences fault = new FirstOccurrences();

    assertThat(IntStream.range(0, 10_000).parallel().filter(i -> fault.isFirst()).count())
        .isEqualTo(1);
  }

  @Test
  void isFirst_moreCausesThanMaximum_isFalse() {
    FirstOccurrences faults = new FirstOccurrences(2);

    assertThat(faults.isFirst("a")).isTrue();
    assertThat(faults.isFull()).isFalse();
    assertThat(faults.isFirst("b")).isTrue();
    assertThat(faults.isFull()).isTrue();
    assertThat(faults.isFirst("c")).isFalse();
  }

  @Test
  void isFirst_afterQuietTime_isTrue() {
    FirstOccurrences faults = new FirstOccurrences(2, Duration.ofNanos(10), now::get);

    assertThat(faults.isFirst("a")).isTrue();
    now.addAndGet(9);
    assertThat(faults.isFirst("a")).isFalse();
    now.addAndGet(1);
    assertThat(faults.isFirst("a")).isTrue();
  }

  @Test
  void isFirst_moreCausesThanMaximumWithinQuietTime_beginsAgain() {
    FirstOccurrences faults = new FirstOccurrences(2, Duration.ofNanos(10), now::get);
    faults.isFirst("a");
    faults.isFirst("b");

    assertThat(faults.isFirst("c")).isTrue();
    assertThat(faults.isFirst("a")).isTrue();
  }
}
