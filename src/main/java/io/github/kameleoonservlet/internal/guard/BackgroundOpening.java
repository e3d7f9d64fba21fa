package io.github.kameleoonservlet.internal.guard;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import io.github.kameleoonservlet.identity.UnusableStoreException;
import io.github.kameleoonservlet.identity.VisitorCodeStore;
import io.github.kameleoonservlet.internal.outage.RetryLoop;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens a store again and again until it is open, cannot ever be, or is not wanted any more.
 * Thread-safe.
 */
final class BackgroundOpening implements Runnable {

  private static final Logger LOG = LoggerFactory.getLogger(GuardedVisitorCodeStore.class);

  /** How many times the first delay the longest one is. */
  private static final int MAX_DELAY_FACTOR = 16;

  private final Supplier<? extends VisitorCodeStore> opener;
  private final Outage outage;
  private final RetryLoop attempts;
  private final CountDownLatch settled = new CountDownLatch(1);
  private volatile @Nullable VisitorCodeStore store;

  BackgroundOpening(
      Supplier<? extends VisitorCodeStore> opener, Outage outage, Duration firstDelay) {
    this.opener = opener;
    this.outage = outage;
    this.attempts = new RetryLoop(firstDelay, MAX_DELAY_FACTOR);
  }

  /** Returns the open store, or null when there is none (yet, or any more). */
  @Nullable VisitorCodeStore store() {
    return store;
  }

  /** Waits until the store is open; returns at once when it never will be. */
  boolean await(Duration longest) throws InterruptedException {
    return settled.await(longest.toNanos(), NANOSECONDS) && store != null;
  }

  @Override
  public void run() {
    try {
      boolean unused = attempts.run(this::attempt);
    } catch (InterruptedException e) {
      // Only close() interrupts this thread: nothing needs the store any more.
      Thread.currentThread().interrupt();
    } finally {
      settled.countDown();
    }
  }

  /** Returns whether there is nothing more to try. */
  private boolean attempt() {
    try {
      accept(opener.get());
      return true;
    } catch (UnusableStoreException e) {
      log(e);
      return true;
    } catch (Throwable e) {
      // Memory and threads become available again; a missing class does not. In Kotlin or with
      // Lombok a data source can also throw checked exceptions.
      if (e instanceof Error && !(e instanceof VirtualMachineError)) {
        LOG.error("The visitor code store cannot be used ({}).", Outage.reason(e));
        return true;
      }
      if (!attempts.isStopped()) {
        outage.began(e);
      }
      return false;
    }
  }

  private static void log(UnusableStoreException unusable) {
    String fault = String.valueOf(unusable.getMessage());
    LOG.error(
        "{} Users are served without a code until this is corrected and the application restarted.",
        fault.endsWith(".") ? fault : fault + ".");
  }

  /**
   * Stops using an open store that proves unusable, and logs the fault once. The guard releases the
   * store's resources when it closes, because this call may run for a request, which must not wait.
   */
  void giveUp(UnusableStoreException unusable) {
    VisitorCodeStore useless;
    synchronized (this) {
      useless = store;
      store = null;
    }
    if (useless != null) {
      log(unusable);
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

  /** Ends the attempts. Returns the store when it was open; the caller closes it. */
  synchronized @Nullable VisitorCodeStore close() {
    VisitorCodeStore opened = store;
    store = null;
    attempts.stop();
    return opened;
  }
}
