package io.github.kameleoonservlet.internal.visitor;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.kameleoonservlet.internal.targeting.BrowserFacts;
import io.github.kameleoonservlet.internal.targeting.UserAgents;
import org.jspecify.annotations.Nullable;

/**
 * A cache of browser facts by User-Agent: at most 1,000 entries with at most 512 characters each,
 * which is 1.2 MB in the worst case. Works on the calling thread; thread-safe.
 */
public final class BrowserFactsCache {

  static final int MAX_LENGTH = 512;
  static final int MAX_SIZE = 1000;

  private final Cache<String, BrowserFacts> facts =
      Caffeine.newBuilder()
          .maximumSize(MAX_SIZE)
          // Otherwise the cache runs its upkeep on the JVM's common pool, whose threads outlive the
          // application.
          .executor(Runnable::run)
          .build();

  /** Returns the facts of the browser that sent this header; unknown facts for null. */
  BrowserFacts of(@Nullable String userAgent) {
    if (userAgent == null || userAgent.length() > MAX_LENGTH) {
      return UserAgents.of(userAgent);
    }
    return facts.get(userAgent, UserAgents::of);
  }

  long size() {
    facts.cleanUp();
    return facts.estimatedSize();
  }
}
