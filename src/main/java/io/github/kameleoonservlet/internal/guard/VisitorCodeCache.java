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
 * Remembers the codes of users that were seen lately. Only links are remembered, never that there
 * is none: the next request may make one. Works on the calling thread alone; thread-safe.
 */
final class VisitorCodeCache {

  private final Cache<UserKey, VisitorCode> codes;

  /** Grows with each removal, so that an answer from before it is not remembered after it. */
  private final AtomicLong epoch = new AtomicLong();

  /**
   * Makes an empty cache.
   *
   * @param size how many users are remembered; 0 remembers none
   * @param timeToLive how long a link is believed without asking
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
            // Else its upkeep runs on the JVM's common pool, whose threads outlive the application.
            .executor(Runnable::run)
            .build();
  }

  Optional<VisitorCode> get(UserKey user) {
    return Optional.ofNullable(codes.getIfPresent(user));
  }

  /** To be taken before the store is asked, and handed to {@link #remember}. */
  long epoch() {
    return epoch.get();
  }

  /** Compares the epoch under the entry's lock: either this sees the removal, or it comes later. */
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
