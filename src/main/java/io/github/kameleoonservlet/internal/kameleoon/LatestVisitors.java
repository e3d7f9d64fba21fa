package io.github.kameleoonservlet.internal.kameleoon;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One value for each of the visitors who were put last; a full map drops the visitor who was put
 * first. A value that replaces another does not count as put: remove it before. Not thread-safe.
 *
 * <p>Not Caffeine, which when full rejects most new visitors: see RATIONALE.
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
