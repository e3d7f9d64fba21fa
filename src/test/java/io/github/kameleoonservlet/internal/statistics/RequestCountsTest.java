package io.github.kameleoonservlet.internal.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kameleoonservlet.identity.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RequestCountsTest {

  private final SteppedClock clock = new SteppedClock("2026-03-01T10:00:30Z");
  private final RequestCounts counts = new RequestCounts(clock);

  @ParameterizedTest
  @EnumSource
  void outcome_ofRequest_countsInTotalMinuteAndHour(Outcome outcome) {
    counts.ended(outcome);
    counts.ended(outcome);

    RequestCounts.Snapshot snapshot = counts.snapshot();
    assertThat(counts.total(outcome)).isEqualTo(2);
    assertThat(snapshot.total()).hasSize(Outcome.values().length).containsEntry(outcome, 2L);
    assertThat(snapshot.total().values()).containsOnlyOnce(2L).contains(0L);
    assertThat(last(snapshot.lastHour()).outcomes()).isEqualTo(snapshot.total());
    assertThat(last(snapshot.lastDay()).outcomes()).isEqualTo(snapshot.total());
    assertThat(sum(snapshot.lastHour())).isEqualTo(2);
  }

  @Test
  void lastHour_requestsInTwoMinutes_showsBothInOrder() {
    counts.ended(Outcome.ISSUED);
    clock.pass(Duration.ofMinutes(2));
    counts.ended(Outcome.ISSUED);
    counts.ended(Outcome.ISSUED);

    List<RequestCounts.Period> minutes = counts.snapshot().lastHour();

    assertThat(minutes).hasSize(60);
    assertThat(minutes.get(0).begin()).isEqualTo(Instant.parse("2026-03-01T09:03:00Z"));
    assertThat(minutes.get(59).begin()).isEqualTo(Instant.parse("2026-03-01T10:02:00Z"));
    assertThat(minutes.get(57).outcomes()).containsEntry(Outcome.ISSUED, 1L);
    assertThat(minutes.get(58).outcomes()).containsEntry(Outcome.ISSUED, 0L);
    assertThat(minutes.get(59).outcomes()).containsEntry(Outcome.ISSUED, 2L);
  }

  @Test
  void lastHour_afterAnHour_dropsTheOldMinuteAndKeepsTheTotal() {
    counts.ended(Outcome.LINKED);
    clock.pass(Duration.ofMinutes(59));
    assertThat(sum(counts.snapshot().lastHour())).isEqualTo(1);

    clock.pass(Duration.ofMinutes(1));
    assertThat(sum(counts.snapshot().lastHour())).isZero();
    counts.ended(Outcome.LINKED);

    assertThat(sum(counts.snapshot().lastHour())).isEqualTo(1);
    assertThat(sum(counts.snapshot().lastDay())).isEqualTo(2);
    assertThat(counts.total(Outcome.LINKED)).isEqualTo(2);
  }

  @Test
  void lastDay_afterADay_dropsTheOldHour() {
    counts.ended(Outcome.RESTORED);
    clock.pass(Duration.ofHours(23));
    assertThat(sum(counts.snapshot().lastDay())).isEqualTo(1);
    assertThat(counts.snapshot().lastDay()).hasSize(24);

    clock.pass(Duration.ofHours(1));

    assertThat(sum(counts.snapshot().lastDay())).isZero();
  }

  @Test
  void clock_setBackByAnHour_countsWithoutLoss() {
    counts.ended(Outcome.ISSUED);
    clock.pass(Duration.ofHours(-1));

    counts.ended(Outcome.ISSUED);

    assertThat(counts.total(Outcome.ISSUED)).isEqualTo(2);
    clock.pass(Duration.ofHours(1));
    assertThat(sum(counts.snapshot().lastHour())).isEqualTo(2);
  }

  @Test
  void requests_ofManyThreadsInANewMinute_countWithoutLoss() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    CountDownLatch start = new CountDownLatch(1);
    for (int i = 0; i < 4; i++) {
      threads.execute(
          () -> {
            try {
              start.await();
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
            for (int j = 0; j < 1_000; j++) {
              counts.ended(Outcome.RECOGNIZED);
            }
          });
    }
    start.countDown();
    threads.shutdown();
    assertThat(threads.awaitTermination(1, TimeUnit.MINUTES)).isTrue();

    assertThat(sum(counts.snapshot().lastHour())).isEqualTo(4_000);
    assertThat(counts.total(Outcome.RECOGNIZED)).isEqualTo(4_000);
  }

  private static RequestCounts.Period last(List<RequestCounts.Period> periods) {
    return periods.get(periods.size() - 1);
  }

  private static long sum(List<RequestCounts.Period> periods) {
    return periods.stream()
        .flatMap(period -> period.outcomes().values().stream())
        .mapToLong(count -> count)
        .sum();
  }
}
