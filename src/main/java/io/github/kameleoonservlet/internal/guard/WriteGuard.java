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
 * The limit on writes, which can fail or hang while the store still answers reads: after a
 * fail-over to a read-only replica, or while a commit waits for a lost standby. Writes use all
 * threads but one. After three failures in a row, a write that would have to wait for another one
 * fails at once. Thread-safe.
 */
final class WriteGuard {

  private static final int FAILURES_IN_A_ROW = 3;

  private final StoreThreads threads;
  private final Semaphore atOnce = new Semaphore(StoreThreads.THREADS - 1);
  private final StoreOutage outage;
  private final AtomicInteger failures = new AtomicInteger();

  /** Whether the store has answered a read since the last failed write. */
  private final AtomicBoolean readAnswered = new AtomicBoolean();

  WriteGuard(StoreThreads threads, StoreOutage outage) {
    this.threads = threads;
    this.outage = outage;
  }

  /** Runs a write as {@link StoreThreads#call} does. A write that hangs keeps its permit. */
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

  /** Records that the store has answered a read. */
  void readAnswered() {
    readAnswered.set(true);
  }

  /** Records that the store is down, which explains the failed writes. */
  void storeIsDown() {
    failures.set(0);
  }

  /** Records that the store has made a link. */
  void linkMade() {
    failures.set(0);
    unlessLogThrows(outage::ended);
  }

  /**
   * Records a failed write. The write counts only if the store has answered a read since the last
   * failed write.
   */
  void writeFailed(Throwable cause) {
    if (readAnswered.getAndSet(false) && failures.incrementAndGet() >= FAILURES_IN_A_ROW) {
      unlessLogThrows(() -> outage.began(cause));
    }
  }

  private static void unlessLogThrows(Runnable line) {
    try {
      line.run();
    } catch (RuntimeException e) {
      // A failure of the log does not change the result of the write.
    }
  }
}
