package io.github.kameleoonservlet.jpa;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadFactory;

/**
 * Makes the pool's threads, and waits for their end. An executor says that it has terminated a
 * moment before its last thread is gone, and Tomcat, which looks for threads in that moment, warns
 * of a leak. Thread-safe.
 */
final class PoolThreads implements ThreadFactory {

  private static final long LONGEST_WAIT_MILLIS = 2_000;

  private final Queue<Thread> threads = new ConcurrentLinkedQueue<>();

  @Override
  public Thread newThread(Runnable task) {
    Thread thread = new Thread(task, "kameleoon-servlet pool");
    thread.setDaemon(true);
    threads.removeIf(old -> old.getState() == Thread.State.TERMINATED);
    threads.add(thread);
    return thread;
  }

  /** Waits until all threads are gone, for a bounded time. To be called when the pool is closed. */
  void awaitEnd() {
    try {
      for (Thread thread : threads) {
        thread.join(LONGEST_WAIT_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
