package io.github.kameleoonservlet.internal.kameleoon;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A map with one value for each of the latest visitors. A full map drops the visitor that was put
 * first. To make a known visitor the latest one, remove the visitor before the put. Not
 * thread-safe.
 *
 * <p>Caffeine is unsuitable, because a full Caffeine cache rejects most new visitors: see
 * RATIONALE.
 *
 * @param <V> the type of the values
 */
final class LatestVisitors<V> extends LinkedHashMap<String, V> {

  private static final long serialVersionUID = 1L;

  private final int capacity;

  /**
   * Creates a map without visitors.
   *
   * @param capacity the maximum number of visitors
   */
  LatestVisitors(int capacity) {
    this.capacity = capacity;
  }

  @Override
  protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
    return size() > capacity;
  }
}
