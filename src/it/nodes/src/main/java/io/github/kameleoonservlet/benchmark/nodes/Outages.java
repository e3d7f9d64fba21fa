package io.github.kameleoonservlet.benchmark.nodes;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The times in which a node or the database was down. Thread-safe. */
final class Outages {

  private record Time(long began, long ended) {}

  private final List<Time> past = new CopyOnWriteArrayList<>();
  private volatile long began = Long.MAX_VALUE;

  /** Records the beginning of an outage. */
  void begin() {
    began = System.nanoTime();
  }

  /** Records the end of an outage. */
  void end() {
    past.add(new Time(began, System.nanoTime()));
    began = Long.MAX_VALUE;
  }

  /** Returns whether an outage overlaps the span of two times, by {@link System#nanoTime()}. */
  boolean touch(long from, long to) {
    return began <= to || past.stream().anyMatch(time -> time.began <= to && time.ended >= from);
  }

  /** Returns the length of all outages, in seconds. */
  double seconds() {
    return past.stream().mapToLong(time -> time.ended - time.began).sum() / 1e9;
  }
}
