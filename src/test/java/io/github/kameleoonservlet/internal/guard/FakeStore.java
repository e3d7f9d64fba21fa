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
 * Keeps links in memory; fails or waits as a test sets it. No FaultyStore: it counts the single
 * finds of a find of two keys.
 */
final class FakeStore implements VisitorCodeStore {

  static final String SECRET = "jdbc:x://host/db?password=hush";

  final AtomicInteger calls = new AtomicInteger();
  final AtomicInteger closes = new AtomicInteger();

  /** The number of waiting calls. */
  final AtomicInteger waiting = new AtomicInteger();

  /** Runs within each call. */
  volatile Runnable onCall = () -> {};

  volatile boolean down;

  /** Whether a link fails, as on a replica. */
  volatile boolean readOnly;

  /** While not null, answers wait for it, in spite of interrupts. */
  volatile CountDownLatch held;

  /** The same for links only. */
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

  /** Waits between the answer and its return, where the races are. */
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
