package io.github.kameleoonservlet.internal.jdbc;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.NANOSECONDS;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadFactory;

/**
 * The factory of the pool's threads. {@link #close} waits until all threads have ended. An executor
 * reports its end shortly before its last thread ends, and Tomcat would report that thread as a
 * leak. Thread-safe.
 */
final class PoolThreads implements ThreadFactory {

  private static final long LONGEST_WAIT_MILLIS = 5_000;

  private final Queue<Thread> threads = new ConcurrentLinkedQueue<>();

  @Override
  public Thread newThread(Runnable task) {
    Thread thread = new Thread(task, "kameleoon-servlet pool");
    thread.setDaemon(true);
    threads.removeIf(old -> old.getState() == Thread.State.TERMINATED);
    threads.add(thread);
    return thread;
  }

  /**
   * Closes the pool, and waits at most five seconds for each thread. The pool is closed on a new
   * thread, because the calling thread may be interrupted: HikariCP 5.1.0 leaves a thread behind if
   * an interrupt ends the closing.
   */
  void close(Runnable pool) {
    newThread(pool).start();
    boolean interrupted = false;
    for (Thread thread : threads) {
      interrupted |= interruptedWhileEnding(thread);
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Waits for the end of a thread in spite of interrupts. Returns whether an interrupt occurred.
   */
  private static boolean interruptedWhileEnding(Thread thread) {
    boolean interrupted = Thread.interrupted();
    long deadline = System.nanoTime() + MILLISECONDS.toNanos(LONGEST_WAIT_MILLIS);
    while (thread.isAlive() && System.nanoTime() < deadline) {
      try {
        thread.join(Math.max(1, NANOSECONDS.toMillis(deadline - System.nanoTime())));
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    return interrupted;
  }
}
