package io.github.kameleoonservlet.internal.statistics;

import io.github.kameleoonservlet.identity.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.stream.LongStream;

/**
 * The outcomes of the last periods of one length. A new period takes the place of the oldest one.
 * Thread-safe and without a lock.
 */
final class PeriodRing {

  private final long millis;
  private final AtomicReferenceArray<OutcomeTally> tallies;

  PeriodRing(int size, Duration length) {
    this.millis = length.toMillis();
    this.tallies = new AtomicReferenceArray<>(size);
  }

  /** Counts an outcome in the period of a time in milliseconds since the epoch. */
  void add(long now, Outcome outcome) {
    at(now / millis).add(outcome);
  }

  private OutcomeTally at(long period) {
    int slot = (int) (period % tallies.length());
    OutcomeTally tally = tallies.get(slot);
    // A clock that is set back counts in the later period.
    while (tally == null || tally.period < period) {
      tallies.compareAndSet(slot, tally, new OutcomeTally(period));
      tally = tallies.get(slot);
    }
    return tally;
  }

  /** Returns all periods until a time, oldest first, also those without a request. */
  List<RequestCounts.Period> snapshot(long now) {
    long last = now / millis;
    return LongStream.rangeClosed(last - tallies.length() + 1, last)
        .mapToObj(this::snapshotOf)
        .toList();
  }

  private RequestCounts.Period snapshotOf(long period) {
    OutcomeTally tally = tallies.get((int) (period % tallies.length()));
    boolean counted = tally != null && tally.period == period;
    return new RequestCounts.Period(
        Instant.ofEpochMilli(period * millis),
        (counted ? tally : new OutcomeTally(period)).counts());
  }
}
