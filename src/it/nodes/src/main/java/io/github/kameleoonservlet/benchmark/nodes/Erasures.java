package io.github.kameleoonservlet.benchmark.nodes;

import io.github.kameleoonservlet.benchmark.nodes.Answer.Visitor;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Erases users at one node, and sends requests to the other node until that node no longer shows
 * the erased code.
 */
final class Erasures {

  private static final int USERS = 12;

  /** A node may remember a response of the store that arrives this long after the erasure. */
  private static final double STORE_TIMEOUT_SECONDS = 0.25;

  private final NodeProcess first;
  private final NodeProcess second;

  /**
   * The end of an erasure.
   *
   * @param seconds from the response to the erasure until the last request whose response contained
   *     the erased code, or 0
   * @param felt whether the second node then showed one other code on both devices
   */
  record Erasure(String erased, double seconds, boolean felt) {

    boolean isLate() {
      return seconds > Cluster.CACHE_SECONDS + STORE_TIMEOUT_SECONDS;
    }
  }

  Erasures(NodeProcess first, NodeProcess second) {
    this.first = first;
    this.second = second;
  }

  /** Runs all erasures at the same time. */
  List<Erasure> run() throws Exception {
    ExecutorService users = Executors.newFixedThreadPool(USERS);
    try {
      List<Future<Erasure>> running = new ArrayList<>();
      for (int i = 0; i < USERS; i++) {
        String user = "erased-" + i;
        running.add(users.submit(() -> erase(user)));
      }
      List<Erasure> erasures = new ArrayList<>();
      for (Future<Erasure> erasure : running) {
        erasures.add(erasure.get());
      }
      return erasures;
    } finally {
      users.shutdownNow();
    }
  }

  private Erasure erase(String user) throws InterruptedException {
    Device here = new Device(user);
    Device there = new Device(user);
    here.signIn(first.address());
    there.signIn(second.address());
    String code = resolved(here, first).code();
    // The second node has now read the code from the store, and remembers the code.
    if (!resolved(there, second).code().equals(code)) {
      throw new IllegalStateException("two codes before the erasure");
    }
    Answer erasure = erased(here);
    double seconds = 0;
    while (true) {
      Answer answer = there.page(second.address());
      Visitor visitor = answer.visitor();
      if (visitor == null || visitor.code() == null) {
        continue;
      }
      if (!visitor.code().equals(code)) {
        String now = resolved(here, first).code();
        return new Erasure(code, seconds, now.equals(visitor.code()) && !now.equals(code));
      }
      seconds = (answer.began() - erasure.ended()) / 1e9;
      if (seconds > 10 * Cluster.CACHE_SECONDS) {
        return new Erasure(code, seconds, false);
      }
      Thread.sleep(50);
    }
  }

  /** Erases a user; repeats the request after a 503. */
  private Answer erased(Device device) {
    for (int i = 0; i < 100; i++) {
      Answer answer = device.erase(first.address());
      if (answer.status() == 204) {
        return answer;
      }
    }
    throw new IllegalStateException(device.user + " is not erased");
  }

  private static Visitor resolved(Device device, NodeProcess node) {
    for (int i = 0; i < 100; i++) {
      Visitor visitor = device.page(node.address()).visitor();
      if (visitor != null && visitor.known() && visitor.code() != null) {
        return visitor;
      }
    }
    throw new IllegalStateException(device.user + " has no code");
  }
}
