package io.github.kameleoonservlet.internal.kameleoon;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A queue of visitor codes in the order of their addition. Contains each code once. Thread-safe.
 */
final class VisitorQueue {

  private final Set<String> known = ConcurrentHashMap.newKeySet();
  private final Deque<String> queue = new ArrayDeque<>();

  /**
   * Adds a code at the end. Returns false if the queue contains the code. Calls for a contained
   * code take no lock.
   */
  boolean add(String code) {
    if (known.contains(code) || !known.add(code)) {
      return false;
    }
    synchronized (queue) {
      queue.addLast(code);
    }
    return true;
  }

  /** Removes and returns the first code; null if the queue has at most {@code kept} codes. */
  @Nullable String pollBeyond(int kept) {
    String code;
    synchronized (queue) {
      if (queue.size() <= kept) {
        return null;
      }
      code = queue.removeFirst();
    }
    known.remove(code);
    return code;
  }

  int size() {
    synchronized (queue) {
      return queue.size();
    }
  }
}
