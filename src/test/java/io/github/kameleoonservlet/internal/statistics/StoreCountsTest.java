package io.github.kameleoonservlet.internal.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kameleoonservlet.internal.statistics.StoreCounts.Calls;
import io.github.kameleoonservlet.internal.statistics.StoreCounts.Operation;
import io.github.kameleoonservlet.internal.statistics.StoreCounts.Outage;
import io.github.kameleoonservlet.internal.statistics.StoreCounts.Part;
import io.github.kameleoonservlet.internal.statistics.StoreCounts.Result;
import io.github.kameleoonservlet.internal.statistics.StoreCounts.Snapshot;
import io.github.kameleoonservlet.internal.statistics.StoreCounts.State;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class StoreCountsTest {

  private final SteppedClock clock = new SteppedClock("2026-03-01T10:00:00Z");
  private final StoreCounts counts = new StoreCounts(clock);

  @Test
  void calls_countByOperationAndResultWithTheirTime() {
    counts.called(Operation.FIND, Result.ANSWERED, 1_000);
    counts.called(Operation.FIND, Result.ANSWERED, 2_000);
    counts.called(Operation.LINK, Result.TIMED_OUT, 5);

    assertThat(counts.snapshot().calls())
        .containsExactly(
            new Calls(Operation.FIND, Result.ANSWERED, 2, Duration.ofNanos(3_000)),
            new Calls(Operation.LINK, Result.TIMED_OUT, 1, Duration.ofNanos(5)));
    assertThat(counts.count(Operation.FIND, Result.ANSWERED)).isEqualTo(2);
    assertThat(counts.totalNanos(Operation.FIND, Result.ANSWERED)).isEqualTo(3_000);
  }

  @Test
  void latencies_ofCalls_showThreePercentilesOfEachOperation() {
    for (int i = 0; i < 90; i++) {
      counts.called(Operation.FIND, Result.ANSWERED, Duration.ofMillis(1).toNanos());
    }
    for (int i = 0; i < 8; i++) {
      counts.called(Operation.FIND, Result.FAILED, Duration.ofMillis(10).toNanos());
    }
    counts.called(Operation.FIND, Result.TIMED_OUT, Duration.ofMillis(100).toNanos());
    counts.called(Operation.FIND, Result.TIMED_OUT, Duration.ofMillis(100).toNanos());

    StoreCounts.Latency latency = counts.snapshot().latencies().get(0);

    assertThat(counts.snapshot().latencies()).hasSize(1);
    assertThat(latency.operation()).isEqualTo(Operation.FIND);
    assertThat(latency.median()).isBetween(Duration.ofMillis(1), Duration.ofNanos(1_130_000));
    assertThat(latency.p95()).isBetween(Duration.ofMillis(10), Duration.ofNanos(11_300_000));
    assertThat(latency.p99()).isBetween(Duration.ofMillis(100), Duration.ofMillis(113));
  }

  @Test
  void latencies_withRefusedCallsOnly_areEmpty() {
    counts.called(Operation.FIND, Result.REFUSED, 10);

    assertThat(counts.snapshot().latencies()).isEmpty();
    assertThat(counts.snapshot().calls()).hasSize(1);
  }

  @Test
  void cache_countsHitsAndMisses() {
    counts.cacheHit();
    counts.cacheHit();
    counts.cacheMiss();

    assertThat(counts.snapshot().cacheHits()).isEqualTo(2);
    assertThat(counts.snapshot().cacheMisses()).isEqualTo(1);
  }

  @Test
  void state_isOpeningUntilItChanges() {
    assertThat(counts.state()).isEqualTo(State.OPENING);

    counts.becomes(State.REACHABLE);

    assertThat(counts.state()).isEqualTo(State.REACHABLE);
    assertThat(counts.snapshot().state()).isEqualTo(State.REACHABLE);
  }

  @Test
  void outage_ofOnePart_hasBeginAndEnd() {
    var begin = clock.instant();
    counts.outageBegan(Part.STORE, "SQLException");
    counts.outageBegan(Part.STORE, "another cause");
    counts.outageBegan(Part.LINKS, "TimeoutException");
    clock.pass(Duration.ofSeconds(7));
    counts.outageEnded(Part.STORE);
    clock.pass(Duration.ofSeconds(7));
    counts.outageEnded(Part.STORE);

    assertThat(counts.snapshot().outages())
        .containsExactly(
            new Outage(Part.STORE, "SQLException", begin, begin.plusSeconds(7)),
            new Outage(Part.LINKS, "TimeoutException", begin, null));
    assertThat(counts.snapshot().outagesSinceStart()).isEqualTo(2);
  }

  @Test
  void outageEnded_withoutOutage_waitsForNoLock() {
    AtomicReference<Runnable> withLock = new AtomicReference<>(() -> {});
    StoreCounts counted =
        new StoreCounts(
            new SteppedClock("2026-03-01T10:00:00Z") {
              @Override
              public Instant instant() {
                withLock.get().run();
                return super.instant();
              }
            });
    counted.outageBegan(Part.LINKS, "SQLException");
    counted.outageEnded(Part.LINKS);
    withLock.set(
        () ->
            CompletableFuture.runAsync(() -> counted.outageEnded(Part.LINKS))
                .orTimeout(60, TimeUnit.SECONDS)
                .join());

    counted.outageBegan(Part.STORE, "SQLException");

    assertThat(counted.snapshot().outages()).hasSize(2);
  }

  @Test
  void outages_moreThanTheLimit_dropTheOldest() {
    var begin = clock.instant();
    for (int i = 0; i < StoreCounts.MOST_OUTAGES + 3; i++) {
      counts.outageBegan(Part.STORE, "cause");
      clock.pass(Duration.ofSeconds(1));
      counts.outageEnded(Part.STORE);
    }

    Snapshot snapshot = counts.snapshot();
    assertThat(snapshot.outages()).hasSize(StoreCounts.MOST_OUTAGES);
    assertThat(snapshot.outages().get(0).begin()).isEqualTo(begin.plusSeconds(3));
    assertThat(snapshot.outagesSinceStart()).isEqualTo(StoreCounts.MOST_OUTAGES + 3);
  }
}
