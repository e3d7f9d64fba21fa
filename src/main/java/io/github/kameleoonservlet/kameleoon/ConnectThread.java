package io.github.kameleoonservlet.kameleoon;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The thread that creates the client, in a thread group of its own: the threads that the SDK starts
 * for a new client inherit the group, and so prove that the client is new.
 */
final class ConnectThread {

  private static final String NAME = "kameleoon-servlet-connect";
  private static final int SPARE = 16;

  private ConnectThread() {}

  /** Makes the thread. It inherits nothing else from the one that calls, perhaps a request's. */
  static Thread of(Runnable work) {
    Thread thread =
        new Thread(new ThreadGroup(NAME), work, NAME, 0, /* inheritThreadLocals= */ false);
    thread.setDaemon(true);
    // The SDK's threads inherit it, and look their JSON provider up with it.
    thread.setContextClassLoader(ConnectThread.class.getClassLoader());
    return thread;
  }

  /** The live threads of the current thread's group and the groups below. */
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
