package io.github.kameleoonservlet.internal.guard;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import io.github.kameleoonservlet.identity.StoreMisconfiguredException;
import io.github.kameleoonservlet.identity.VisitorCodeStore;
import io.github.kameleoonservlet.internal.outage.RetryLoop;
import io.github.kameleoonservlet.internal.statistics.StoreCounts;
import io.github.kameleoonservlet.internal.statistics.StoreCounts.State;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The attempts to open a store, which end when the store is open, is misconfigured, or is closed.
 * Thread-safe.
 */
final class BackgroundOpening implements Runnable {

  private static final Logger LOG = LoggerFactory.getLogger(GuardedVisitorCodeStore.class);

  /** The longest delay between two attempts, as a multiple of the first one. */
  private static final int MAX_DELAY_FACTOR = 16;

  private final Supplier<? extends VisitorCodeStore> opener;
  private final StoreOutage outage;
  private final StoreCounts counts;
  private final RetryLoop attempts;
  private final CountDownLatch settled = new CountDownLatch(1);
  private volatile @Nullable VisitorCodeStore store;

  BackgroundOpening(
      Supplier<? extends VisitorCodeStore> opener,
      StoreOutage outage,
      StoreCounts counts,
      Duration firstDelay) {
    this.opener = opener;
    this.outage = outage;
    this.counts = counts;
    this.attempts = new RetryLoop(firstDelay, MAX_DELAY_FACTOR);
  }

  /** Returns the store while it is open; otherwise null. */
  @Nullable VisitorCodeStore store() {
    return store;
  }

  /**
   * Waits until the store is open, or until the attempts have ended.
   *
   * @return whether the store is open
   */
  boolean await(Duration longest) throws InterruptedException {
    return settled.await(longest.toNanos(), NANOSECONDS) && store != null;
  }

  @Override
  public void run() {
    try {
      boolean unused = attempts.run(this::attempt);
    } catch (InterruptedException e) {
      // Only close() interrupts this thread.
      Thread.currentThread().interrupt();
    } finally {
      settled.countDown();
    }
  }

  /** Returns whether no further attempt is needed. */
  private boolean attempt() {
    try {
      accept(opener.get());
      return true;
    } catch (StoreMisconfiguredException e) {
      unusable(e);
      return true;
    } catch (Throwable e) {
      // Memory and threads become available again, but a missing class does not. A data source in
      // Kotlin or with Lombok can also throw checked exceptions.
      if (e instanceof Error && !(e instanceof VirtualMachineError)) {
        counts.becomes(State.UNUSABLE);
        LOG.error(
            "The visitor code store cannot be used ({}). Users are served without a"
                + " code. Correct the cause and restart the application.",
            StoreOutage.reason(e));
        return true;
      }
      if (!attempts.isStopped()) {
        outage.began(e);
      }
      return false;
    }
  }

  private void unusable(StoreMisconfiguredException fault) {
    counts.becomes(State.UNUSABLE);
    String message = String.valueOf(fault.getMessage());
    LOG.error(
        "{} Users are served without a code. Correct the cause and restart the application.",
        message.endsWith(".") ? message : message + ".");
  }

  /**
   * Stops using an open store that proves misconfigured, and logs the fault once. The store's
   * resources are released when the guard closes, because a request may call this method and must
   * not wait.
   */
  void giveUp(StoreMisconfiguredException fault) {
    VisitorCodeStore given;
    synchronized (this) {
      given = store;
      store = null;
    }
    if (given != null) {
      unusable(fault);
    }
  }

  private void accept(VisitorCodeStore opened) {
    synchronized (this) {
      if (!attempts.isStopped()) {
        store = opened;
        outage.ended();
        return;
      }
    }
    opened.close();
  }

  /**
   * Ends the attempts. Returns the open store, which the caller must close; null without an open
   * store.
   */
  synchronized @Nullable VisitorCodeStore close() {
    VisitorCodeStore opened = store;
    store = null;
    attempts.stop();
    return opened;
  }
}
