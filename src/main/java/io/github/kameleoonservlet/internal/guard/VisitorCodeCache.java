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
 * A cache of the codes of recent users. It contains links only: a user without a link may get one
 * with the next request. Does its upkeep on the calling thread. Thread-safe.
 */
final class VisitorCodeCache {

  private final Cache<UserKey, VisitorCode> codes;

  /**
   * Grows with each removal, so that an older answer of the store does not fill the cache again.
   */
  private final AtomicLong epoch = new AtomicLong();

  /**
   * Creates an empty cache.
   *
   * @param size the number of users; 0 for no cache
   * @param timeToLive how long the cache keeps a link
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
            // The threads of the JVM's common pool, the default, outlive the application.
            .executor(Runnable::run)
            .build();
  }

  Optional<VisitorCode> get(UserKey user) {
    return Optional.ofNullable(codes.getIfPresent(user));
  }

  /** Returns the epoch. Read it before the store is asked, and pass it to {@link #remember}. */
  long epoch() {
    return epoch.get();
  }

  /**
   * Adds a link, unless a user was removed since the store was asked. Compares the epoch under the
   * lock of the entry: a removal either is seen here or comes later.
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
