package io.github.kameleoonservlet.benchmark.scale;

import io.github.kameleoonservlet.identity.VisitorCode;
import io.github.kameleoonservlet.identity.VisitorCodeStore.LinkResult;
import io.github.kameleoonservlet.internal.guard.StoreLayers;
import io.github.kameleoonservlet.internal.guard.TimeLimitedStore;
import io.github.kameleoonservlet.internal.jdbc.JdbcDatabase;
import io.github.kameleoonservlet.internal.jdbc.JdbcVisitorCodeStore;
import io.github.kameleoonservlet.internal.jdbc.SchemaMode;
import io.github.kameleoonservlet.internal.statistics.Statistics;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A set of links behind the store that the filter uses, with a cache that remembers no user. The
 * class measures each call, and checks its result. Finds are thread-safe.
 */
final class LinkedStore implements AutoCloseable {

  /**
   * A prime: steps of this size visit each user once, in an order that differs from the table's.
   */
  private static final long STEP = 7_368_787;

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final TimeLimitedStore store;
  private final long links;
  private final AtomicLong found = new AtomicLong();
  private long linked;

  /**
   * Opens the store.
   *
   * @param links the number of users who have a code
   */
  LinkedStore(ScaleDatabase database, String set, long links) {
    this.links = links;
    JdbcDatabase opened = database.open(set);
    store =
        StoreLayers.open(
            () -> JdbcVisitorCodeStore.open(opened, SchemaMode.CREATE),
            opened::close,
            PATIENCE,
            PATIENCE,
            0,
            Duration.ofMinutes(1),
            new Statistics(0).store());
  }

  /** Finds a user whom no earlier call has found, as long as such users are left. */
  long find() {
    long number = 1 + found.getAndIncrement() * STEP % links;
    return find(number);
  }

  private long find(long number) {
    var user = MadeUpUsers.key(number);
    long began = System.nanoTime();
    Optional<VisitorCode> code = store.find(user);
    long time = System.nanoTime() - began;
    check(code.equals(Optional.of(MadeUpUsers.code(number))), "finds another code or none");
    return time;
  }

  /** Creates the first link of a new user. */
  long link() {
    long number = links + ++linked;
    var user = MadeUpUsers.key(number);
    var code = MadeUpUsers.code(number);
    long began = System.nanoTime();
    LinkResult result = store.link(user, code);
    long time = System.nanoTime() - began;
    check(result == LinkResult.LINKED, "does not link a new user");
    return time;
  }

  /** Checks that the store works and contains no user. The first call creates the table. */
  void checkEmpty() {
    check(store.find(MadeUpUsers.key(1)).isEmpty(), "has a user before the first link");
  }

  /** Returns the expected number of links. */
  long links() {
    return links + linked;
  }

  /** Checks the links since the opening, and that users and codes are still unique. */
  void checkLinks() {
    for (long number = links + 1; number <= links(); number++) {
      find(number);
    }
    for (long number = 1; number <= Math.min(links, 100); number++) {
      check(
          store.link(MadeUpUsers.key(number), MadeUpUsers.code(-number)) == LinkResult.USER_LINKED,
          "gives a user a second code");
      check(
          store.link(MadeUpUsers.key(-number), MadeUpUsers.code(number)) == LinkResult.CODE_TAKEN,
          "gives a code to a second user");
      check(store.find(MadeUpUsers.key(-number)).isEmpty(), "finds a user without a link");
    }
  }

  private static void check(boolean right, String otherwise) {
    if (!right) {
      throw new WrongResultException("the store " + otherwise);
    }
  }

  @Override
  public void close() {
    store.close();
  }
}
