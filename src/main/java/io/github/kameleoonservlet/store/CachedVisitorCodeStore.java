package io.github.kameleoonservlet.store;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import io.github.kameleoonservlet.identity.UserKey;
import io.github.kameleoonservlet.identity.VisitorCode;
import io.github.kameleoonservlet.identity.VisitorCodeStore;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Remembers the codes of users that were seen lately, so that a known user costs the store nothing.
 *
 * <p>Only links are remembered, never that there is none: the next request may make one. An erasure
 * or a renaming here is seen here at once; on another server after the time to live. Works on the
 * calling thread alone; thread-safe.
 */
public final class CachedVisitorCodeStore implements VisitorCodeStore {

  private final VisitorCodeStore store;
  private final Cache<UserKey, VisitorCode> cache;

  /** Grows with each removal, so that an answer from before it is not remembered after it. */
  private final AtomicLong epoch = new AtomicLong();

  /**
   * Puts a cache before a store.
   *
   * @param store what is asked; closed with this one
   * @param size how many users are remembered; 0 remembers none
   * @param timeToLive how long a link is believed without asking
   */
  public CachedVisitorCodeStore(VisitorCodeStore store, long size, Duration timeToLive) {
    this(store, size, timeToLive, Ticker.systemTicker());
  }

  CachedVisitorCodeStore(VisitorCodeStore store, long size, Duration timeToLive, Ticker ticker) {
    this.store = store;
    this.cache =
        Caffeine.newBuilder()
            .maximumSize(size)
            .expireAfterWrite(timeToLive)
            .ticker(ticker)
            // Else its upkeep runs on the JVM's common pool, whose threads outlive the application.
            .executor(Runnable::run)
            .build();
  }

  @Override
  public Optional<VisitorCode> find(UserKey user) {
    VisitorCode remembered = cache.getIfPresent(user);
    if (remembered != null) {
      return Optional.of(remembered);
    }
    long asked = epoch.get();
    Optional<VisitorCode> found = store.find(user);
    found.ifPresent(code -> remember(user, code, asked));
    return found;
  }

  @Override
  public LinkResult link(UserKey user, VisitorCode code) {
    long asked = epoch.get();
    LinkResult result = store.link(user, code);
    if (result == LinkResult.LINKED) {
      remember(user, code, asked);
    }
    return result;
  }

  @Override
  public boolean erase(UserKey user) {
    try {
      return store.erase(user);
    } finally {
      // Also after a failure, which does not say whether the link is gone.
      forget(user);
    }
  }

  @Override
  public RenameResult rename(UserKey from, UserKey to) {
    try {
      return store.rename(from, to);
    } finally {
      forget(from);
      forget(to);
    }
  }

  @Override
  public void close() {
    cache.invalidateAll();
    store.close();
  }

  /** Compares the epoch under the entry's lock: either this sees the removal, or it comes later. */
  private void remember(UserKey user, VisitorCode code, long asked) {
    cache.asMap().compute(user, (key, present) -> epoch.get() == asked ? code : present);
  }

  private void forget(UserKey user) {
    epoch.incrementAndGet();
    cache.invalidate(user);
  }
}
