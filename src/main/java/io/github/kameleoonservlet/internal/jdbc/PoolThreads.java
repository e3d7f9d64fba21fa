package io.github.kameleoonservlet.internal.jdbc;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.NANOSECONDS;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadFactory;

/**
 * Makes the pool's threads, and sees to it that all of them end. An executor says that it has
 * terminated a moment before its last thread is gone, and Tomcat, which looks for threads in that
 * moment, warns of a leak. Thread-safe.
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
   * Closes the pool and waits until its threads are gone, for a bounded time. On a thread of its
   * own: a pool whose closing is interrupted leaves its housekeeper behind (HikariCP 5.1.0), and
   * our threads are interrupted when they do not end by themselves.
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

  /** Waits in spite of interrupts; says whether there was one. */
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
