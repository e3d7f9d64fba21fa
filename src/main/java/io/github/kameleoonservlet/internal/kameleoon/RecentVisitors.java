package io.github.kameleoonservlet.internal.kameleoon;

import java.util.Map;
import java.util.function.LongSupplier;

/**
 * One value for each of the last 10,000 visitors, kept for a limited time. Thread-safe.
 *
 * @param <V> the type of the values, with a suitable {@code equals}
 */
final class RecentVisitors<V> {

  private static final int CAPACITY = 10_000;
  private static final long NANOS_IN_MILLI = 1_000_000;

  private final long nanos;
  private final LongSupplier clock;
  private final Map<String, Entry<V>> visitors = new LatestVisitors<>(CAPACITY);

  /**
   * Creates an instance without visitors.
   *
   * @param millis the time in milliseconds after which a value is dropped
   * @param clock returns nanoseconds, as {@link System#nanoTime}
   */
  RecentVisitors(long millis, LongSupplier clock) {
    this.nanos = millis * NANOS_IN_MILLI;
    this.clock = clock;
  }

  /**
   * Remembers a visitor's value, and returns whether the value differs from the remembered one.
   * Each call restarts the time, as each activity prolongs the SDK's session.
   */
  boolean isNew(String code, V value) {
    long now = clock.getAsLong();
    synchronized (visitors) {
      Entry<V> before = visitors.get(code);
      boolean known = before != null && now - before.since < nanos && before.value.equals(value);
      visitors.remove(code);
      visitors.put(code, new Entry<>(value, now));
      return !known;
    }
  }

  /** Forgets all visitors. */
  void clear() {
    synchronized (visitors) {
      visitors.clear();
    }
  }

  /** Forgets a visitor. */
  void forget(String code) {
    synchronized (visitors) {
      visitors.remove(code);
    }
  }

  private record Entry<V>(V value, long since) {}
}
