package io.github.kameleoonservlet.internal.guard;

import io.github.kameleoonservlet.identity.VisitorCodeStore;
import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;

/** Makes the cache of one server, whose time a test steers. */
public final class SteeredCache {

  private SteeredCache() {}

  /** Puts a cache before a store, on the caller's thread, in which no time passes. */
  public static VisitorCodeStore before(VisitorCodeStore store) {
    return before(store, unguarded -> unguarded, Duration.ofMinutes(1), () -> 0);
  }

  /**
   * Puts a cache before a store as the wiring does.
   *
   * @param guard what stands between the cache and the store
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
        guard.apply(new ForgettingVisitorCodeStore(store, cache)), cache);
  }
}
