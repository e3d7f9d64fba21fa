package io.github.kameleoonservlet.internal.outage;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/**
 * Repeats an attempt, with pauses, until it succeeds or another thread stops the loop. The thread
 * of the caller makes the attempts; use a daemon thread, never a request's. Thread-safe.
 */
public final class RetryLoop {

  private final Duration firstPause;
  private final Duration longestPause;
  private final CountDownLatch stopped = new CountDownLatch(1);

  /**
   * Creates a loop whose pauses double.
   *
   * @param firstPause the pause after the first attempt that fails
   * @param maxFactor how many times the first pause the longest pause is; a power of two; 1 keeps
   *     the pauses constant
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

  /** Ends the loop after the present attempt; without effect on a loop that has ended. */
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

    /** Makes the attempt; returns false to make another one after a pause. */
    boolean succeeds() throws InterruptedException;
  }
}
