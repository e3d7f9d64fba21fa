package io.github.kameleoonservlet.internal.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LatencyHistogramTest {

  private final LatencyHistogram histogram = new LatencyHistogram();

  @ParameterizedTest
  @ValueSource(longs = {1, 7, 8, 9, 15, 16, 17, 1_000, 1_023, 1_024, 250_000, 100_000_000})
  void percentile_ofOneLatency_isAboveItByAtMostAnEighth(long micros) {
    histogram.add(Duration.ofNanos(micros * 1_000).toNanos());

    long found = histogram.percentile(1).toNanos() / 1_000;
    assertThat(found).isGreaterThan(micros).isLessThanOrEqualTo(micros + Math.max(1, micros / 8));
  }

  @ParameterizedTest
  @CsvSource({"0.5, 3", "0.51, 4", "0.95, 5", "0.99, 5", "0.01, 2", "1, 5"})
  void percentile_ofFourLatencies_isTheLimitOfTheRank(double share, long micros) {
    for (int i = 1; i <= 4; i++) {
      histogram.add(i * 1_000L);
    }

    assertThat(histogram.percentile(share)).isEqualTo(Duration.ofNanos(micros * 1_000));
    assertThat(histogram.count()).isEqualTo(4);
  }

  @ParameterizedTest
  @ValueSource(longs = {Long.MAX_VALUE, 1_000_000_000_000L})
  void percentile_ofAnHour_isTheLargestLimit(long nanos) {
    histogram.add(nanos);

    assertThat(histogram.percentile(0.5)).isEqualTo(Duration.ofNanos((1L << 27) * 1_000));
  }

  @Test
  void percentile_withoutLatency_isZero() {
    assertThat(histogram.percentile(0.99)).isZero();
  }

  @Test
  void latency_belowZero_countsAsZero() {
    histogram.add(-5_000);

    assertThat(histogram.percentile(0.5)).isEqualTo(Duration.ofNanos(1_000));
  }
}
