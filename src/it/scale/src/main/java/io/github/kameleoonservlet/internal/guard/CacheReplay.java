package io.github.kameleoonservlet.internal.guard;

import io.github.kameleoonservlet.identity.UserKey;
import io.github.kameleoonservlet.identity.VisitorCode;
import java.time.Duration;

/** Sends requests of known users to the cache that the filter uses. The caller sets the time. */
public final class CacheReplay {

  private final VisitorCodeCache cache;
  private long now;

  /** Creates an empty cache for a number of users; each link expires after a time. */
  public CacheReplay(long size, Duration timeToLive) {
    cache = new VisitorCodeCache(size, timeToLive, () -> now);
  }

  /** Sets the time, in nanoseconds after the start. */
  public void at(long nanos) {
    now = nanos;
  }

  /**
   * Sends a request. If the cache does not contain the user, the cache remembers the given code.
   *
   * @return whether the cache contained the user
   */
  public boolean request(UserKey user, VisitorCode code) {
    if (cache.get(user).isPresent()) {
      return true;
    }
    cache.remember(user, code, cache.epoch());
    return false;
  }
}
