package io.github.kameleoonservlet.internal.kameleoon;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The remembered decisions of the most recently read visitors, by the text that the SDK hashes.
 *
 * <p>Two generations: when the younger one is full, it becomes the older one, and the visitors of
 * the older one are forgotten unless a request has read them since. Caffeine is unsuitable: when it
 * is full, it rejects a visitor who was read no more often than the present ones, so that the SDK
 * would decide every read of a new visitor again. Thread-safe.
 */
final class RecentDecisions {

  /** The minimum number of decisions that each visitor counts for. */
  private final int least;

  private final long maxOfGeneration;
  private volatile Generation young = new Generation();
  private volatile Map<String, RememberedDecision> old = Map.of();

  /**
   * Creates an empty instance.
   *
   * @param maxVisitors the maximum number of visitors; at least the latest half of them is
   *     remembered; 0 remembers none
   * @param least the minimum number of decisions that each visitor counts for
   */
  RecentDecisions(int maxVisitors, int least) {
    this.least = least;
    this.maxOfGeneration = (long) maxVisitors * least / 2;
  }

  /** Returns the decisions of a visitor, newest first; null if none is remembered. */
  @Nullable RememberedDecision get(String hashed) {
    RememberedDecision list = young.visitors.get(hashed);
    if (list != null) {
      return list;
    }
    list = old.get(hashed);
    if (list != null) {
      change(hashed, kept -> kept);
    }
    return list;
  }

  /**
   * Replaces the decisions of a visitor.
   *
   * @param change receives the present decisions, null for a new visitor; runs while the entry of
   *     the visitor is locked, so it must be quick
   */
  void change(String hashed, UnaryOperator<@Nullable RememberedDecision> change) {
    if (maxOfGeneration == 0) {
      return;
    }
    Generation now = roomy();
    now.visitors.compute(
        hashed,
        (key, list) -> {
          RememberedDecision next = change.apply(list == null ? old.get(key) : list);
          now.weight.addAndGet(weight(next) - weight(list));
          return next;
        });
  }

  private Generation roomy() {
    Generation now = young;
    if (now.weight.get() + least <= maxOfGeneration) {
      return now;
    }
    synchronized (this) {
      if (young == now) {
        // In this order a reader finds each visitor in one of the two generations at any time.
        old = now.visitors;
        young = new Generation();
      }
      return young;
    }
  }

  private long weight(@Nullable RememberedDecision list) {
    return list == null ? 0 : Math.max(least, list.length());
  }

  /** The visitors of a generation, and for how many decisions they count. */
  private static final class Generation {
    final Map<String, RememberedDecision> visitors = new ConcurrentHashMap<>();
    final AtomicLong weight = new AtomicLong();
  }
}
