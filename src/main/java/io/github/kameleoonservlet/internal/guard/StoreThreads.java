package io.github.kameleoonservlet.internal.guard;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.NANOSECONDS;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The threads for the calls to a store: at most four daemon threads, and one more thread for a task
 * that waits for calls. Thread-safe.
 *
 * <p>A call that takes too long is not interrupted, because an interrupt during a write makes H2
 * close its file permanently.
 */
final class StoreThreads {

  static final String NAME = "kameleoon-servlet-store-";
  static final int THREADS = 4;
  static final int QUEUE = 256;

  private static final Duration GRACE = Duration.ofSeconds(1);

  private final ThreadPoolExecutor executor;
  private final List<Thread> threads = new CopyOnWriteArrayList<>();
  private final AtomicInteger made = new AtomicInteger();
  private final ClassLoader loader = Thread.currentThread().getContextClassLoader();
  private @Nullable Thread aside;

  StoreThreads() {
    executor =
        new ThreadPoolExecutor(
            THREADS, THREADS, 0, MILLISECONDS, new ArrayBlockingQueue<>(QUEUE), this::thread);
  }

  private Thread thread(Runnable task) {
    // A request may create the thread. The thread must not inherit the thread locals of the
    // request.
    Thread thread =
        new Thread(null, task, NAME + made.incrementAndGet(), 0, /* inheritThreadLocals= */ false);
    thread.setDaemon(true);
    thread.setContextClassLoader(loader);
    threads.removeIf(old -> old.getState() == Thread.State.TERMINATED);
    threads.add(thread);
    return thread;
  }

  /**
   * Starts a task, and returns at once.
   *
   * @throws RejectedExecutionException if the queue is full, or after close
   */
  void start(Runnable task) {
    executor.execute(task);
  }

  /** Starts a task that waits for calls, on a separate thread. Does nothing after close. */
  synchronized void startAside(Runnable task) {
    if (!executor.isShutdown()) {
      aside = thread(task);
      aside.start();
    }
  }

  /**
   * Runs a call and waits for its result. A call that has not started in time never starts.
   *
   * @throws RejectedExecutionException if the queue is full, if there is no thread, or after close
   */
  <T> T call(Callable<T> call, Duration longest)
      throws ExecutionException, TimeoutException, InterruptedException {
    FutureTask<T> task = new FutureTask<>(call);
    try {
      executor.execute(task);
    } catch (OutOfMemoryError e) {
      throw new RejectedExecutionException("the JVM has no thread left", e);
    }
    try {
      return task.get(longest.toNanos(), NANOSECONDS);
    } finally {
      if (task.cancel(false)) {
        executor.remove(task);
      }
    }
  }

  /** Waits one second for running calls, and then interrupts them. Takes at most two seconds. */
  void close() {
    synchronized (this) {
      executor.shutdown();
      if (aside != null) {
        aside.interrupt();
      }
    }
    try {
      if (!ended()) {
        executor.shutdownNow();
        ended();
      }
    } catch (InterruptedException e) {
      executor.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Waits for the threads, because an executor reports its end while its last thread still runs.
   */
  private boolean ended() throws InterruptedException {
    long deadline = System.nanoTime() + GRACE.toNanos();
    for (Thread thread : threads) {
      // A join of 0 would wait without a limit.
      thread.join(Math.max(1, NANOSECONDS.toMillis(deadline - System.nanoTime())));
    }
    return threads.stream().noneMatch(Thread::isAlive);
  }
}
