package io.github.kameleoonservlet.benchmark.scale;

import io.github.kameleoonservlet.identity.UserKey;
import io.github.kameleoonservlet.identity.VisitorCode;
import io.github.kameleoonservlet.internal.guard.CacheReplay;
import java.time.Duration;
import java.util.Locale;

/** Prints how many requests of known users the cache answers, and the heap of a cached user. */
final class CacheTables {

  private static final int[] SIZES = {1_000, 10_000, 100_000, 1_000_000};
  private static final double[] EXPONENTS = {0.8, 1.0, 1.2};
  private static final int[] RATES = {100, 1_000, 5_000};
  private static final int DEFAULT_SECONDS = 60;
  private static final int[] SECONDS = {10, 60, 300, 900};

  /** Enough requests that a share of 1 % is exact to a tenth of the share. */
  private static final int FEWEST_REQUESTS = 100_000;

  private CacheTables() {}

  /** Prints the tables, in a minute or two. */
  static void print(int... populations) {
    System.out.println("\nHit rate, cacheSeconds 60, by cacheSize:\n");
    head("users | s | requests a second");
    for (int users : populations) {
      for (double s : EXPONENTS) {
        for (int rate : RATES) {
          row(
              String.format(Locale.ROOT, "%,d | %.1f | %,d", users, s, rate),
              hits(new ZipfUsers(users, s), rate, DEFAULT_SECONDS));
        }
      }
    }
    int users = populations[0];
    System.out.printf(
        Locale.ROOT,
        "%nHit rate, %,d users, s 1.0, 1,000 requests a second, by cacheSize:%n%n",
        users);
    head("cacheSeconds");
    for (int seconds : SECONDS) {
      row(String.valueOf(seconds), hits(new ZipfUsers(users, 1.0), 1_000, seconds));
    }
    System.out.printf(Locale.ROOT, "%nHeap for each cached user: %.0f bytes%n", bytesForEachUser());
  }

  private static void head(String first) {
    StringBuilder head = new StringBuilder("| " + first + " |");
    for (int size : SIZES) {
      head.append(String.format(Locale.ROOT, " %,d |", size));
    }
    System.out.println(head);
    System.out.println(head.toString().replaceAll("[^|]+", "---"));
  }

  private static void row(String first, double[] hits) {
    StringBuilder row = new StringBuilder("| " + first + " |");
    for (double hit : hits) {
      row.append(String.format(Locale.ROOT, " %.1f %% |", 100 * hit));
    }
    System.out.println(row);
  }

  /** Returns the share of hits for each size, after the time to live has passed once. */
  private static double[] hits(ZipfUsers users, int rate, int seconds) {
    CacheReplay[] caches = new CacheReplay[SIZES.length];
    for (int i = 0; i < SIZES.length; i++) {
      caches[i] = new CacheReplay(SIZES[i], Duration.ofSeconds(seconds));
    }
    int warmUp = rate * seconds;
    int requests = Math.max(warmUp, FEWEST_REQUESTS);
    double[] hits = new double[SIZES.length];
    for (long request = 0; request < warmUp + requests; request++) {
      int rank = users.next();
      UserKey key = key(rank);
      VisitorCode code = MadeUpUsers.code(rank);
      for (int i = 0; i < caches.length; i++) {
        caches[i].at(request * 1_000_000_000L / rate);
        if (caches[i].request(key, code) && request >= warmUp) {
          hits[i] += 1.0 / requests;
        }
      }
    }
    return hits;
  }

  /** Returns a key that is cheaper than SHA-256 and as evenly distributed. */
  private static UserKey key(long number) {
    StringBuilder digits = new StringBuilder(64);
    for (long part = MadeUpUsers.mixed(number);
        digits.length() < 64;
        part = MadeUpUsers.mixed(part)) {
      String hex = Long.toHexString(part);
      digits.append("0".repeat(16 - hex.length())).append(hex);
    }
    return new UserKey(digits.toString());
  }

  private static double bytesForEachUser() {
    int users = 500_000;
    CacheReplay cache = new CacheReplay(users, Duration.ofHours(1));
    long before = Heap.used();
    for (int i = 0; i < users; i++) {
      cache.request(key(i), MadeUpUsers.code(i));
    }
    double bytes = (double) (Heap.used() - before) / users;
    if (!cache.request(key(users - 1), MadeUpUsers.code(0))) {
      throw new WrongResultException("the cache does not remember the last user");
    }
    return bytes;
  }
}
