package io.github.kameleoonservlet.internal.status;

import java.time.Instant;
import java.util.List;

/**
 * Counts over time, as stacked bars and as a table; in JSON an array of objects.
 *
 * @param key the name in JSON
 * @param title the title on the page
 * @param starts the start of each interval, the oldest first
 * @param series the counts
 */
record Chart(String key, String title, List<Instant> starts, List<Series> series) implements Block {

  /**
   * The counts of one kind.
   *
   * @param name the kind
   * @param counts one count for each interval
   */
  record Series(String name, List<Long> counts) {

    long total() {
      return counts.stream().mapToLong(Long::longValue).sum();
    }
  }

  /** Returns the sum of all series in an interval. */
  long total(int interval) {
    return series.stream().mapToLong(one -> one.counts().get(interval)).sum();
  }

  /** Returns the sum of all series and intervals. */
  long total() {
    return series.stream().mapToLong(Series::total).sum();
  }

  @Override
  public void renderTo(Renderer renderer) {
    renderer.chart(this);
  }
}
