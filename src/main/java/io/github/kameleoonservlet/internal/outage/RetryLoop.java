package io.github.kameleoonservlet.internal.outage;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/**
 * A loop that repeats an attempt with pauses, until the attempt succeeds or another thread stops
 * the loop. The attempts run on the caller's thread, which must be a daemon thread and never the
 * thread of a request. Thread-safe.
 */
public final class RetryLoop {

  private final Duration firstPause;
  private final Duration longestPause;
  private final CountDownLatch stopped = new CountDownLatch(1);

  /**
   * Creates a loop whose pauses double.
   *
   * @param firstPause the pause after the first attempt that fails
   * @param maxFactor the longest pause as a multiple of the first pause: a power of two, and 1 for
   *     constant pauses
   */
  public RetryLoop(Duration firstPause, int maxFactor) {
    this.firstPause = firstPause;
    this.longestPause = firstPause.multipliedBy(maxFactor);
  }

  /**
   * Makes the first attempt at once. May be called more than once, unless the loop was stopped.
   *
   * @return true if an attempt succeeded, false if the loop was stopped
   * @throws InterruptedException if the thread is interrupted during a pause, or by the attempt
   */
  public boolean run(Attempt attempt) throws InterruptedException {
    Duration pause = firstPause;
    while (!attempt.succeeds()) {
      if (pause(pause)) {
        return false;
      }
      pause = pause.compareTo(longestPause) < 0 ? pause.multipliedBy(2) : longestPause;
    }
    return true;
  }

  /** Makes the first attempt after a pause; otherwise as {@link #run}. */
  public boolean runAfterPause(Attempt attempt) throws InterruptedException {
    return !pause(firstPause) && run(attempt);
  }

  private boolean pause(Duration pause) throws InterruptedException {
    return stopped.await(pause.toNanos(), NANOSECONDS);
  }

  /** Ends the loop after the present attempt. Has no effect on a loop that has ended. */
  public void stop() {
    stopped.countDown();
  }

  /** Returns whether the loop was stopped. */
  public boolean isStopped() {
    return stopped.getCount() == 0;
  }

  /** One attempt. */
  @FunctionalInterface
  public interface Attempt {

    /** Makes the attempt. Returns false if another attempt must follow after a pause. */
    boolean succeeds() throws InterruptedException;
  }
}
