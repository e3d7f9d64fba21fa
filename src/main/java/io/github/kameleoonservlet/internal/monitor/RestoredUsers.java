package io.github.kameleoonservlet.internal.monitor;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.kameleoonservlet.identity.UserKey;
import io.github.kameleoonservlet.identity.VisitorCode;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A memory of the codes that browsers of a user presented instead of the stored code in the last
 * ten minutes: at most 1,000 users with 100 codes each, and 1,000 owners of codes. Thread-safe.
 */
final class RestoredUsers {

  static final Duration WINDOW = Duration.ofMinutes(10);

  /** A number of browsers that no person has. A load test may have 64. */
  static final int MANY_BROWSERS = 100;

  /** A number of returns that changed devices and cleared cookies do not explain. */
  static final int MANY_RETURNS = 5;

  /** The requests of one click count once, because all carry the cookie from before the click. */
  static final Duration ONE_CLICK = Duration.ofSeconds(5);

  private static final int REMEMBERED = 1_000;

  private final LongSupplier nanoTime;
  private final Cache<UserKey, Map<VisitorCode, Returns>> users;
  private final Cache<VisitorCode, UserKey> owners;

  /** Creates an empty memory with a clock in nanoseconds. */
  RestoredUsers(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.users = cache(nanoTime);
    this.owners = cache(nanoTime);
  }

  private static <K, V> Cache<K, V> cache(LongSupplier nanoTime) {
    return Caffeine.newBuilder()
        .maximumSize(REMEMBERED)
        .expireAfterWrite(WINDOW)
        .ticker(nanoTime::getAsLong)
        // Otherwise the cache's maintenance runs on the JVM's common pool, whose threads outlive
        // the application.
        .executor(Runnable::run)
        .build();
  }

  /** Notes that a code belongs to a user: on a shared device, the next user presents this code. */
  void owns(UserKey user, VisitorCode code) {
    owners.put(code, user);
  }

  /** Notes that a browser of a user presented another code. */
  Seen see(UserKey user, VisitorCode other) {
    Map<VisitorCode, Returns> codes = users.get(user, key -> new HashMap<>());
    UserKey owner = owners.getIfPresent(other);
    synchronized (codes) {
      boolean first = codes.isEmpty();
      Returns returns = codes.get(other);
      if (returns == null && codes.size() < MANY_BROWSERS) {
        returns = new Returns();
        codes.put(other, returns);
      }
      return new Seen(first, codes.size(), returns == null ? 0 : returns.count(nanoTime, owner));
    }
  }

  long remembered() {
    users.cleanUp();
    return users.estimatedSize();
  }

  /**
   * The evidence of the last ten minutes about a user's browsers.
   *
   * @param first whether this is the first time that the user's code is restored
   * @param codes how many other codes the user's browsers have presented
   * @param returns how often the user's browsers have presented this code; 0 if the code belongs to
   *     another user
   */
  record Seen(boolean first, int codes, int returns) {}

  /** A counter of the presentations of one code. */
  private static final class Returns {
    private int count;
    private long last;

    int count(LongSupplier nanoTime, @Nullable UserKey owner) {
      if (owner != null) {
        return 0;
      }
      long now = nanoTime.getAsLong();
      if (count == 0 || now - last >= ONE_CLICK.toNanos()) {
        count++;
        last = now;
      }
      return count;
    }
  }
}
