package io.github.kameleoonservlet.internal.visitor;

import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The lock of one request's scope. Not a monitor, because a virtual thread that waits for the store
 * within a monitor occupies its carrier thread on Java 21 to 23 (JEP 491).
 */
final class RequestLock {

  private final ReentrantLock lock = new ReentrantLock();

  /** Runs a task while the calling thread holds the lock. */
  void run(Runnable task) {
    lock.lock();
    try {
      task.run();
    } finally {
      lock.unlock();
    }
  }

  /** Runs a task while the calling thread holds the lock, and returns its result. */
  <T extends @Nullable Object> T get(Supplier<T> task) {
    lock.lock();
    try {
      return task.get();
    } finally {
      lock.unlock();
    }
  }
}
