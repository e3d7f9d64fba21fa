package io.github.kameleoonservlet.internal.guard;

import io.github.kameleoonservlet.identity.UnusableStoreException;
import io.github.kameleoonservlet.identity.UserKey;
import io.github.kameleoonservlet.identity.VisitorCodeStore;
import io.github.kameleoonservlet.internal.outage.RetryLoop;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;

/**
 * Asks the open store in place of requests, for a key that no user has. Gives up a store that
 * proves unusable, for example because a database returns with another table. Thread-safe.
 */
final class Probe {

  private static final UserKey NOBODY = new UserKey("0".repeat(64));

  private final BackgroundOpening opening;
  private final StoreThreads threads;
  private final Duration timeout;
  private final RetryLoop attempts;

  Probe(BackgroundOpening opening, StoreThreads threads, Duration timeout, Duration every) {
    this.opening = opening;
    this.threads = threads;
    this.timeout = timeout;
    this.attempts = new RetryLoop(every, 1);
  }

  /** Asks once, on the caller's thread, so that the store prepares itself for users. */
  void once() {
    VisitorCodeStore store = opening.store();
    try {
      if (store != null) {
        store.find(NOBODY);
      }
    } catch (UnusableStoreException e) {
      opening.giveUp(e);
    } catch (RuntimeException e) {
      // The next call fails as well, and counts.
    }
  }

  /**
   * Asks again and again until the store answers in time.
   *
   * @return whether the store has answered; false if it proved unusable
   * @throws InterruptedException if the guard is closed
   */
  boolean untilAnswered() throws InterruptedException {
    try {
      boolean unused = attempts.runAfterPause(this::answersOrIsGone);
      return opening.store() != null;
    } catch (UnusableStoreException e) {
      opening.giveUp(e);
      return false;
    }
  }

  private boolean answersOrIsGone() throws InterruptedException {
    VisitorCodeStore store = opening.store();
    return store == null || answers(store);
  }

  private boolean answers(VisitorCodeStore store) throws InterruptedException {
    try {
      return threads.call(() -> store.find(NOBODY), timeout) != null;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof UnusableStoreException unusable) {
        throw unusable;
      }
      return false;
    } catch (TimeoutException | RejectedExecutionException e) {
      return false;
    }
  }
}
