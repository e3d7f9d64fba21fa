package io.github.kameleoonservlet.internal.outage;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * The detection of the first occurrence of each cause, so that a fault that occurs in every request
 * is logged once.
 *
 * <p>The caller logs: {@code if (faults.isFirst()) LOG.warn(…)}. After {@link #ended}, the next
 * occurrence of the cause counts as the first one again. Thread-safe.
 */
public final class FirstOccurrences {

  private static final String ONLY = "";

  private final int capacity;
  private final long quietNanos;
  private final LongSupplier clock;
  private final Map<String, Long> causes = new HashMap<>();

  /** Creates an instance for one cause, or for causes that are constants of the code. */
  public FirstOccurrences() {
    this(Integer.MAX_VALUE);
  }

  /**
   * Creates an instance for causes that contain data of requests.
   *
   * @param capacity the maximum number of causes, from 1 on; further causes never count as first
   */
  public FirstOccurrences(int capacity) {
    this(capacity, Duration.ofNanos(Long.MAX_VALUE), () -> 0);
  }

  /**
   * Creates an instance that drops each cause after a time. The next occurrence then counts as
   * first again. A full instance drops all causes.
   *
   * @param capacity the maximum number of causes, from 1 on
   * @param quiet the time after the last first occurrence
   */
  public static FirstOccurrences within(Duration quiet, int capacity) {
    return new FirstOccurrences(capacity, quiet, System::nanoTime);
  }

  FirstOccurrences(int capacity, Duration quiet, LongSupplier clock) {
    this.capacity = capacity;
    this.quietNanos = quiet.toNanos();
    this.clock = clock;
  }

  /** Returns whether the only cause occurs for the first time. */
  public boolean isFirst() {
    return isFirst(ONLY);
  }

  /** Returns whether a cause occurs for the first time. */
  public boolean isFirst(String cause) {
    long now = clock.getAsLong();
    synchronized (causes) {
      Long since = causes.get(cause);
      if (since != null && now - since < quietNanos) {
        return false;
      }
      if (since == null && causes.size() >= capacity) {
        if (quietNanos == Long.MAX_VALUE) {
          return false;
        }
        causes.clear();
      }
      causes.put(cause, now);
      return true;
    }
  }

  /** Returns whether the maximum number of causes has occurred. */
  public boolean isFull() {
    synchronized (causes) {
      return causes.size() >= capacity;
    }
  }

  /** Ends the only cause. Returns whether the cause had occurred. */
  public boolean ended() {
    return ended(ONLY);
  }

  /**
   * Ends a cause, whose next occurrence counts as first again. Returns whether the cause had
   * occurred.
   */
  public boolean ended(String cause) {
    synchronized (causes) {
      return causes.remove(cause) != null;
    }
  }
}
