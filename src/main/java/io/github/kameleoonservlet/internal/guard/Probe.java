package io.github.kameleoonservlet.internal.guard;

import io.github.kameleoonservlet.identity.StoreMisconfiguredException;
import io.github.kameleoonservlet.identity.UserKey;
import io.github.kameleoonservlet.identity.VisitorCodeStore;
import io.github.kameleoonservlet.internal.outage.RetryLoop;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;

/**
 * A query for a user that does not exist, which tests the open store in place of requests. If the
 * store proves misconfigured, for example after a restored backup with another table, the store is
 * no longer used. Thread-safe.
 */
final class Probe {

  private static final UserKey NO_USER = new UserKey("0".repeat(64));

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

  /** Queries the store once on the caller's thread, so that the store creates a missing table. */
  void once() {
    VisitorCodeStore store = opening.store();
    try {
      if (store != null) {
        store.find(NO_USER);
      }
    } catch (StoreMisconfiguredException e) {
      opening.giveUp(e);
    } catch (RuntimeException e) {
      // The next call for a user fails as well, and the guard counts that failure.
    }
  }

  /**
   * Queries the store at intervals until the store answers in time.
   *
   * @return whether the store has answered; false if it proved misconfigured
   * @throws InterruptedException if the guard is closed
   */
  boolean untilAnswered() throws InterruptedException {
    try {
      boolean unused = attempts.runAfterPause(this::answersOrIsGone);
      return opening.store() != null;
    } catch (StoreMisconfiguredException e) {
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
      return threads.call(() -> store.find(NO_USER), timeout) != null;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof StoreMisconfiguredException fault) {
        throw fault;
      }
      return false;
    } catch (TimeoutException | RejectedExecutionException e) {
      return false;
    }
  }
}
