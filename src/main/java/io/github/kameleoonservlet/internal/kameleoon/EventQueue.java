package io.github.kameleoonservlet.internal.kameleoon;

import com.kameleoon.KameleoonClient;
import com.kameleoon.KameleoonException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The events on their way to the client. The queue keeps up to 1,000 events while no client exists,
 * and drops further ones. Thread-safe. No method throws or waits for the network.
 */
final class EventQueue {

  /** The maximum number of kept events. */
  static final int CAPACITY = 1_000;

  private static final Logger LOG = LoggerFactory.getLogger(EventQueue.class);

  private final Deque<Event> waiting = new ArrayDeque<>();
  private final SdkFailures failures;
  private volatile @Nullable KameleoonClient client;
  private long dropped;
  private final LongConsumer lost;
  private int capacity = CAPACITY;

  /** Creates a queue without a client, which does not count lost events. */
  EventQueue(SdkFailures failures) {
    this(failures, events -> {});
  }

  /**
   * Creates a queue without a client.
   *
   * @param lost receives the number of events that were dropped, or that the client did not accept
   */
  EventQueue(SdkFailures failures, LongConsumer lost) {
    this.failures = failures;
    this.lost = lost;
  }

  /** Sends an event, or keeps it until a client exists. */
  void send(Event event) {
    KameleoonClient now = client;
    if (now == null) {
      synchronized (waiting) {
        now = client;
        if (now == null) {
          keep(event);
          return;
        }
      }
    }
    deliver(event, now);
  }

  private void keep(Event event) {
    if (waiting.size() < capacity) {
      waiting.add(event);
      return;
    }
    lost.accept(1);
    if (dropped++ == 0 && capacity > 0) {
      LOG.warn(
          "{} events wait for the Kameleoon client, which cannot be created yet."
              + " Further events are lost until the client exists. Check siteCode,"
              + " clientId, clientSecret and proxyHost.",
          CAPACITY);
    }
  }

  /**
   * Sends the kept events and all later events to a client.
   *
   * @param to the client; null if later events must be kept again
   */
  void handOver(@Nullable KameleoonClient to) {
    synchronized (waiting) {
      if (to == null) {
        client = null;
        return;
      }
      for (Event event = waiting.poll(); event != null; event = waiting.poll()) {
        deliver(event, to);
      }
      if (dropped > 0) {
        LOG.warn(
            "{} events are lost, because the queue was full before the Kameleoon client"
                + " was created.",
            dropped);
        dropped = 0;
      }
      client = to;
    }
  }

  private void deliver(Event event, KameleoonClient to) {
    try {
      event.send(to);
    } catch (VirtualMachineError e) {
      throw e;
    } catch (Throwable e) {
      lost.accept(1);
      failures.failed("Kameleoon's SDK did not accept an event, which is lost", e);
    }
  }

  /** Returns the number of events that wait for a client. */
  long waiting() {
    synchronized (waiting) {
      return waiting.size();
    }
  }

  /**
   * Drops the kept events and all later events.
   *
   * @return the number of events that did not reach a client
   */
  long drop() {
    synchronized (waiting) {
      long lost = waiting.size() + dropped;
      waiting.clear();
      dropped = 0;
      client = null;
      capacity = 0;
      return lost;
    }
  }

  /** An event of a visitor. */
  @FunctionalInterface
  interface Event {
    /** Passes the event to the client. */
    void send(KameleoonClient client) throws KameleoonException;
  }
}
