package io.github.kameleoonservlet.internal.kameleoon;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The thread that creates the client, in a separate thread group. The threads that the SDK starts
 * for a new client inherit the group, and so prove that the client is new.
 */
final class ConnectThread {

  private static final String NAME = "kameleoon-servlet-connect";
  private static final int SPARE = 16;

  private ConnectThread() {}

  /**
   * Returns a new thread. It inherits no thread locals from the caller, which may be a request's
   * thread.
   */
  static Thread of(Runnable work) {
    Thread thread =
        new Thread(new ThreadGroup(NAME), work, NAME, 0, /* inheritThreadLocals= */ false);
    thread.setDaemon(true);
    // The SDK's threads inherit the class loader, and use it to find their JSON provider.
    thread.setContextClassLoader(ConnectThread.class.getClassLoader());
    return thread;
  }

  /** Returns the live threads of the current thread's group and of the groups below it. */
  static Set<Thread> group() {
    ThreadGroup group = Thread.currentThread().getThreadGroup();
    Thread[] threads = new Thread[group.activeCount() + SPARE];
    while (true) {
      int count = group.enumerate(threads);
      if (count < threads.length) {
        return Arrays.stream(threads, 0, count).collect(Collectors.toUnmodifiableSet());
      }
      threads = new Thread[threads.length * 2];
    }
  }
}
