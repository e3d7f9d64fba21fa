package io.github.kameleoonservlet.internal.kameleoon;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The remembered decisions of the most recently read visitors, by the text that the SDK hashes.
 *
 * <p>There are two generations. A full younger generation becomes the older one, and the previous
 * older generation is dropped. Each read copies a visitor to the younger generation. Caffeine is
 * unsuitable: a full Caffeine cache rejects most new visitors, so that the SDK would decide every
 * read of a new visitor again. Thread-safe.
 */
final class RecentDecisions {

  /** The minimum number of decisions that each visitor counts for. */
  private final int least;

  private final long maxOfGeneration;
  private volatile Generation young = new Generation();
  private volatile Map<String, DecisionList> old = Map.of();

  /**
   * Creates an empty instance.
   *
   * @param maxVisitors the maximum number of visitors; at least the latest half of this number is
   *     remembered; 0 remembers no visitor
   * @param least the minimum number of decisions that each visitor counts for
   */
  RecentDecisions(int maxVisitors, int least) {
    this.least = least;
    this.maxOfGeneration = (long) maxVisitors * least / 2;
  }

  /** Returns the decisions of a visitor, newest first; null if no decision is remembered. */
  @Nullable DecisionList get(String hashed) {
    DecisionList list = young.visitors.get(hashed);
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
   * @param change receives the present decisions, or null for a new visitor; must be quick, because
   *     the entry of the visitor is locked meanwhile
   */
  void change(String hashed, UnaryOperator<@Nullable DecisionList> change) {
    if (maxOfGeneration == 0) {
      return;
    }
    Generation now = generationWithRoom();
    now.visitors.compute(
        hashed,
        (key, list) -> {
          DecisionList next = change.apply(list == null ? old.get(key) : list);
          now.weight.addAndGet(weight(next) - weight(list));
          return next;
        });
  }

  private Generation generationWithRoom() {
    Generation now = young;
    if (now.weight.get() + least <= maxOfGeneration) {
      return now;
    }
    synchronized (this) {
      if (young == now) {
        // The order matters: at any time a reader finds each visitor in one of the generations.
        old = now.visitors;
        young = new Generation();
      }
      return young;
    }
  }

  private long weight(@Nullable DecisionList list) {
    return list == null ? 0 : Math.max(least, list.length());
  }

  /** The visitors of a generation, and the number of decisions that they count for. */
  private static final class Generation {
    final Map<String, DecisionList> visitors = new ConcurrentHashMap<>();
    final AtomicLong weight = new AtomicLong();
  }
}
