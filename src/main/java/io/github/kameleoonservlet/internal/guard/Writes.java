package io.github.kameleoonservlet.internal.guard;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Runs the writes, which may fail or hang while the store finds: a replica that became read-only, a
 * commit that waits for a standby that is gone. They take all threads but one, and after three in a
 * row that failed only one that need not wait for others is tried. Thread-safe.
 */
final class Writes {

  private static final int FAILURES_IN_A_ROW = 3;

  private final StoreThreads threads;
  private final Semaphore atOnce = new Semaphore(StoreThreads.THREADS - 1);
  private final Outage outage = Outage.ofLinks();
  private final AtomicInteger failures = new AtomicInteger();

  /** Whether the store has answered a read since the last failure. */
  private final AtomicBoolean answers = new AtomicBoolean();

  Writes(StoreThreads threads) {
    this.threads = threads;
  }

  /** Runs a write as {@link StoreThreads#call}; its permit is kept for as long as it hangs. */
  <T> T call(Callable<T> write, Duration longest)
      throws ExecutionException, TimeoutException, InterruptedException {
    long begin = System.nanoTime();
    long patience = failures.get() < FAILURES_IN_A_ROW ? longest.toNanos() : 0;
    if (!atOnce.tryAcquire(patience, NANOSECONDS)) {
      throw new TimeoutException("other writes hang");
    }
    AtomicBoolean taken = new AtomicBoolean();
    Callable<T> releasing =
        () -> {
          if (!taken.compareAndSet(false, true)) {
            throw new CancellationException();
          }
          try {
            return write.call();
          } finally {
            atOnce.release();
          }
        };
    try {
      return threads.call(releasing, longest.minusNanos(System.nanoTime() - begin));
    } finally {
      if (taken.compareAndSet(false, true)) {
        atOnce.release();
      }
    }
  }

  /** Hears that the store has answered a read. */
  void answers() {
    answers.set(true);
  }

  /** Hears that the store is down: what failed until then did so on that account. */
  void storeIsDown() {
    failures.set(0);
  }

  /** Hears that a link was made. */
  void made() {
    failures.set(0);
    unlessLogThrows(outage::ended);
  }

  /** Hears that a write failed. In a store that does not answer either, that is no news. */
  void failed(Throwable cause) {
    if (answers.getAndSet(false) && failures.incrementAndGet() >= FAILURES_IN_A_ROW) {
      unlessLogThrows(() -> outage.began(cause));
    }
  }

  private static void unlessLogThrows(Runnable line) {
    try {
      line.run();
    } catch (RuntimeException e) {
      // It is no reason to say something else of the write.
    }
  }
}
