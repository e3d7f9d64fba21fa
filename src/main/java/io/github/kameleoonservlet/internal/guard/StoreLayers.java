package io.github.kameleoonservlet.internal.guard;

import io.github.kameleoonservlet.identity.VisitorCodeStore;
import io.github.kameleoonservlet.internal.statistics.StoreCounts;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * The three layers between requests and a store: a cache, a guard with time limits, and a layer on
 * the guard's threads that removes erased links from the cache. Only {@code servlet} uses this
 * class.
 */
public final class StoreLayers {

  private StoreLayers() {}

  /**
   * Starts to open a store in the background. {@link GuardedVisitorCodeStore} describes how calls
   * end until the store is open, and while it is down.
   *
   * @param opener opens the store and may block; called again after it throws, except a {@link
   *     io.github.kameleoonservlet.identity.StoreMisconfiguredException} or an error that is not of
   *     the JVM itself
   * @param release releases what the opener keeps between attempts; called once, after the store is
   *     closed
   * @param patience the maximum time that this call waits for the store; zero does not wait
   * @param timeout the maximum time that a call to the store waits
   * @param cacheSize the number of users in the cache; 0 for no cache
   * @param cacheTime the time that the cache keeps a link
   * @param counts counts calls, hits of the cache and outages
   * @return a thread-safe store; closing it closes the opened store
   */
  public static TimeLimitedStore open(
      Supplier<? extends VisitorCodeStore> opener,
      Runnable release,
      Duration patience,
      Duration timeout,
      long cacheSize,
      Duration cacheTime,
      StoreCounts counts) {
    VisitorCodeCache cache = new VisitorCodeCache(cacheSize, cacheTime);
    GuardedVisitorCodeStore guarded =
        new GuardedVisitorCodeStore(
            () -> new ForgettingVisitorCodeStore(opener.get(), cache), release, timeout, counts);
    guarded.awaitReady(patience);
    return new CachedVisitorCodeStore(guarded, guarded::firstRequestEnded, cache, counts);
  }
}
