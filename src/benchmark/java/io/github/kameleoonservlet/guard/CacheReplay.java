package io.github.kameleoonservlet.guard;

import io.github.kameleoonservlet.identity.UserKey;
import io.github.kameleoonservlet.identity.VisitorCode;
import java.time.Duration;

/** Sends requests of known users to the cache that the filter uses. The caller sets the time. */
public final class CacheReplay {

  private final VisitorCodeCache cache;
  private long now;

  /** Makes an empty cache for so many users, whose links count for so long. */
  public CacheReplay(long size, Duration timeToLive) {
    cache = new VisitorCodeCache(size, timeToLive, () -> now);
  }

  /** Lets the time pass until so many nanoseconds after the start. */
  public void at(long nanos) {
    now = nanos;
  }

  /**
   * Sends a request. If the cache does not have the user, it remembers what the store answers.
   *
   * @return whether the cache had the user
   */
  public boolean request(UserKey user, VisitorCode code) {
    if (cache.get(user).isPresent()) {
      return true;
    }
    cache.remember(user, code, cache.epoch());
    return false;
  }
}
