package io.github.kameleoonservlet.internal.guard;

import io.github.kameleoonservlet.identity.InMemoryVisitorCodeStore;
import io.github.kameleoonservlet.identity.RenameResult;
import io.github.kameleoonservlet.identity.StoreUnavailableException;
import io.github.kameleoonservlet.identity.UserKey;
import io.github.kameleoonservlet.identity.VisitorCode;
import io.github.kameleoonservlet.identity.VisitorCodeStore;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A store that keeps links in memory, and fails or waits as a test sets. FaultyStore cannot be
 * used, because this store counts the single finds of a find of two keys.
 */
final class FakeStore implements VisitorCodeStore {

  static final String SECRET = "jdbc:x://host/db?password=hush";

  final AtomicInteger calls = new AtomicInteger();
  final AtomicInteger closes = new AtomicInteger();

  /** The number of waiting calls. */
  final AtomicInteger waiting = new AtomicInteger();

  /** A task that runs within each call. */
  volatile Runnable onCall = () -> {};

  volatile boolean down;

  /** Whether each link call fails, as on a read-only replica. */
  volatile boolean readOnly;

  /**
   * Holds the responses of all calls back until released, in spite of interrupts; null holds none
   * back.
   */
  volatile CountDownLatch held;

  /** Holds the responses of link calls back in place of {@code held}; null has no effect. */
  volatile CountDownLatch linksHeld;

  private final VisitorCodeStore links = new InMemoryVisitorCodeStore();

  @Override
  public Optional<VisitorCode> find(UserKey user) {
    begin();
    Optional<VisitorCode> answer = links.find(user);
    end(held);
    return answer;
  }

  @Override
  public LinkResult link(UserKey user, VisitorCode code) {
    begin();
    if (readOnly) {
      throw new StoreUnavailableException("read-only", new SQLException(SECRET, "25006"));
    }
    LinkResult answer = links.link(user, code);
    end(linksHeld == null ? held : linksHeld);
    return answer;
  }

  @Override
  public boolean erase(UserKey user) {
    begin();
    return links.erase(user);
  }

  @Override
  public RenameResult rename(UserKey from, UserKey to) {
    begin();
    return links.rename(from, to);
  }

  @Override
  public void close() {
    closes.incrementAndGet();
  }

  private void begin() {
    calls.incrementAndGet();
    onCall.run();
    if (down) {
      throw new StoreUnavailableException("down", new SQLException(SECRET, "08001"));
    }
  }

  /** Waits between the effect of a call and its return, because races occur there. */
  private void end(CountDownLatch latch) {
    boolean interrupted = false;
    waiting.incrementAndGet();
    while (latch != null && latch.getCount() > 0) {
      try {
        latch.await();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    waiting.decrementAndGet();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
