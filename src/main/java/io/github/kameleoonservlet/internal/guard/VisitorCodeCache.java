package io.github.kameleoonservlet.internal.guard;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import io.github.kameleoonservlet.identity.UserKey;
import io.github.kameleoonservlet.identity.VisitorCode;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A cache of the codes of recent users. Contains links only, because a user without a link may get
 * a link with the next request. The maintenance runs on the calling thread. Thread-safe.
 */
final class VisitorCodeCache {

  private final Cache<UserKey, VisitorCode> codes;

  /**
   * The number of removals. An answer of the store that is older than a removal must not enter the
   * cache.
   */
  private final AtomicLong epoch = new AtomicLong();

  /**
   * Creates an empty cache.
   *
   * @param size the number of users; 0 for no cache
   * @param timeToLive the time that the cache keeps a link
   */
  VisitorCodeCache(long size, Duration timeToLive) {
    this(size, timeToLive, Ticker.systemTicker());
  }

  VisitorCodeCache(long size, Duration timeToLive, Ticker ticker) {
    this.codes =
        Caffeine.newBuilder()
            .maximumSize(size)
            .expireAfterWrite(timeToLive)
            .ticker(ticker)
            // Not the default, the JVM's common pool, whose threads outlive the application.
            .executor(Runnable::run)
            .build();
  }

  Optional<VisitorCode> get(UserKey user) {
    return Optional.ofNullable(codes.getIfPresent(user));
  }

  /**
   * Returns the epoch. Call this method before the call of the store, and pass the epoch to {@link
   * #remember}.
   */
  long epoch() {
    return epoch.get();
  }

  /**
   * Adds a link, unless a user was removed since the call of the store. The epoch is compared under
   * the lock of the entry, so that each removal either changes the epoch before, or removes the
   * entry afterwards.
   */
  void remember(UserKey user, VisitorCode code, long asked) {
    codes.asMap().compute(user, (key, present) -> epoch.get() == asked ? code : present);
  }

  void forget(UserKey user) {
    epoch.incrementAndGet();
    codes.invalidate(user);
  }

  void clear() {
    codes.invalidateAll();
  }
}
