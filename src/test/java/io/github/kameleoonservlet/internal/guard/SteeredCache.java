package io.github.kameleoonservlet.internal.guard;

import io.github.kameleoonservlet.identity.VisitorCodeStore;
import io.github.kameleoonservlet.internal.statistics.Statistics;
import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;

/** Creates the cache of one server; the test controls the time of the cache. */
public final class SteeredCache {

  private SteeredCache() {}

  /** Returns a store with a cache, on the caller's thread, in which no time passes. */
  public static VisitorCodeStore before(VisitorCodeStore store) {
    return before(store, unguarded -> unguarded, Duration.ofMinutes(1), () -> 0);
  }

  /**
   * Returns a store with a cache, as the wiring creates it.
   *
   * @param guard the guard between the cache and the store
   */
  public static VisitorCodeStore before(
      VisitorCodeStore store,
      UnaryOperator<VisitorCodeStore> guard,
      Duration timeToLive,
      LongSupplier seconds) {
    VisitorCodeCache cache =
        new VisitorCodeCache(
            100, timeToLive, () -> Duration.ofSeconds(seconds.getAsLong()).toNanos());
    return new CachedVisitorCodeStore(
        guard.apply(new ForgettingVisitorCodeStore(store, cache)),
        cache,
        new Statistics(0).store());
  }
}
