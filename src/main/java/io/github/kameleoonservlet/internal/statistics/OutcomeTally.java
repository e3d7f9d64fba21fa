package io.github.kameleoonservlet.internal.statistics;

import io.github.kameleoonservlet.identity.Outcome;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** The number of requests by outcome within one period. Thread-safe and without a lock. */
final class OutcomeTally {

  /** The number of the period since the epoch. */
  final long period;

  private final Map<Outcome, LongAdder> counts =
      PerConstant.of(Outcome.class, outcome -> new LongAdder());

  OutcomeTally(long period) {
    this.period = period;
  }

  void add(Outcome outcome) {
    PerConstant.at(counts, outcome).increment();
  }

  long count(Outcome outcome) {
    return PerConstant.at(counts, outcome).sum();
  }

  /** Returns the count of every outcome. */
  Map<Outcome, Long> counts() {
    return PerConstant.of(Outcome.class, this::count);
  }
}
