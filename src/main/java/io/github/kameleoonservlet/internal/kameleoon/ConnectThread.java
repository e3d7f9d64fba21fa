package io.github.kameleoonservlet.internal.kameleoon;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The thread that creates the client, in a separate thread group. A new client's threads inherit
 * the group. A thread in this group therefore proves that the SDK has created a new client.
 */
final class ConnectThread {

  private static final String NAME = "kameleoon-servlet-connect";
  private static final int SPARE = 16;

  private ConnectThread() {}

  /**
   * Returns a new thread that is not started. The thread does not inherit the thread locals of the
   * caller, because the caller may be the thread of a request.
   */
  static Thread of(Runnable work) {
    Thread thread =
        new Thread(new ThreadGroup(NAME), work, NAME, 0, /* inheritThreadLocals= */ false);
    thread.setDaemon(true);
    // The SDK's threads inherit the class loader, and find their JSON provider through it.
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
