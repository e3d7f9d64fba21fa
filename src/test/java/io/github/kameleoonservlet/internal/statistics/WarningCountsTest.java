package io.github.kameleoonservlet.internal.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kameleoonservlet.internal.statistics.WarningCounts.Kind;
import io.github.kameleoonservlet.internal.statistics.WarningCounts.Warning;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class WarningCountsTest {

  private final SteppedClock clock = new SteppedClock("2026-03-01T10:00:00Z");
  private final WarningCounts counts = new WarningCounts(clock);

  @Test
  void warnings_detectedTwice_haveCountAndBothTimes() {
    var begin = clock.instant();
    counts.detected(Kind.SECOND_STORE);
    counts.detected(Kind.SHARED_USER_ID);
    clock.pass(Duration.ofSeconds(5));
    counts.detected(Kind.SHARED_USER_ID);

    assertThat(counts.snapshot())
        .containsExactly(
            new Warning(Kind.SHARED_USER_ID, 2, begin, begin.plusSeconds(5)),
            new Warning(Kind.SECOND_STORE, 1, begin, begin));
  }

  @Test
  void warnings_withoutDetection_areEmpty() {
    assertThat(counts.snapshot()).isEmpty();
  }
}
