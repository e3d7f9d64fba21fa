package io.github.kameleoonservlet.internal.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kameleoonservlet.internal.statistics.PlatformCounts.Count;
import io.github.kameleoonservlet.internal.statistics.PlatformCounts.Last;
import io.github.kameleoonservlet.internal.statistics.PlatformCounts.Type;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlatformCountsTest {

  private final SteppedClock clock = new SteppedClock("2026-03-01T10:00:00Z");
  private final PlatformCounts counts = new PlatformCounts(clock);

  @Test
  void requests_countByTypeAndStatus() {
    counts.requested(Type.EVENTS, 200);
    counts.requested(Type.DATA_FILE, 304);
    counts.requested(Type.DATA_FILE, 200);
    clock.pass(Duration.ofMinutes(1));
    counts.requested(Type.DATA_FILE, 200);

    PlatformCounts.Snapshot snapshot = counts.snapshot();
    assertThat(snapshot.requests())
        .containsExactly(
            new Count(Type.DATA_FILE, 200, 2),
            new Count(Type.DATA_FILE, 304, 1),
            new Count(Type.EVENTS, 200, 1));
    assertThat(snapshot.last())
        .containsExactly(
            new Last(Type.DATA_FILE, 200, clock.instant()),
            new Last(Type.EVENTS, 200, clock.instant().minusSeconds(60)));
  }

  @ParameterizedTest
  @CsvSource({"100, 100", "599, 599", "99, 0", "600, 0", "0, 0", "-1, 0"})
  void status_outsideOfHttp_countsAsNoAnswer(int status, int counted) {
    counts.requested(Type.TOKEN, status);

    assertThat(counts.snapshot().requests()).containsExactly(new Count(Type.TOKEN, counted, 1));
  }

  @Test
  void events_countSentAndLost() {
    counts.eventsSent(3);
    counts.eventsSent(2);
    counts.eventsLost(1);

    assertThat(counts.snapshot().eventsSent()).isEqualTo(5);
    assertThat(counts.snapshot().eventsLost()).isEqualTo(1);
  }
}
