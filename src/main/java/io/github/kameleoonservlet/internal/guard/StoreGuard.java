package io.github.kameleoonservlet.internal.guard;

import io.github.kameleoonservlet.identity.VisitorCodeStore;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * Makes a store fit for requests: a cache answers first, behind it a guard lets none wait long, and
 * the store itself, on the guard's threads, makes the cache forget what it erased.
 */
public final class StoreGuard {

  private StoreGuard() {}

  /**
   * Starts to open a store in the background; see {@link GuardedVisitorCodeStore} for what happens
   * until it is open, and when it is down.
   *
   * @param opener opens the store, may block, and is called again when it throws; not, however,
   *     after an {@link io.github.kameleoonservlet.identity.UnusableStoreException} or an error
   *     other than of the JVM itself
   * @param release releases what the opener keeps between attempts; called once, after the store is
   *     closed
   * @param patience how long to wait here for its first opening; zero for not at all
   * @param timeout the longest that a call waits
   * @param cacheSize how many users are remembered; 0 remembers none
   * @param cacheTime how long a link is believed without asking
   * @return a thread-safe store; closing it closes the opened one
   */
  public static RequestStore open(
      Supplier<? extends VisitorCodeStore> opener,
      Runnable release,
      Duration patience,
      Duration timeout,
      long cacheSize,
      Duration cacheTime) {
    VisitorCodeCache cache = new VisitorCodeCache(cacheSize, cacheTime);
    GuardedVisitorCodeStore guarded =
        new GuardedVisitorCodeStore(
            () -> new ForgettingVisitorCodeStore(opener.get(), cache), release, timeout);
    guarded.awaitReady(patience);
    return new CachedVisitorCodeStore(guarded, guarded::requestsCome, cache);
  }
}
