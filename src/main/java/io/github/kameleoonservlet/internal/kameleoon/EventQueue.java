package io.github.kameleoonservlet.internal.kameleoon;

import com.kameleoon.KameleoonClient;
import com.kameleoon.KameleoonException;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Passes events on to the client, and keeps up to 1,000 while there is none. Thread-safe. Never
 * throws, never waits for the network.
 */
final class EventQueue {

  /** How many events are kept while there is no client. */
  static final int CAPACITY = 1_000;

  private static final Logger LOG = LoggerFactory.getLogger(EventQueue.class);

  private final Deque<Event> waiting = new ArrayDeque<>();
  private final SdkFailures failures;
  private volatile @Nullable KameleoonClient client;
  private long dropped;
  private int capacity = CAPACITY;

  /** Creates a queue without a client. */
  EventQueue(SdkFailures failures) {
    this.failures = failures;
  }

  /** Sends an event, or keeps it until there is a client. */
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
    } else if (dropped++ == 0 && capacity > 0) {
      LOG.warn(
          "{} events wait for the Kameleoon client; further ones are lost until it is there. Check siteCode, clientId, clientSecret and proxyHost",
          CAPACITY);
    }
  }

  /** Hands over what was kept, and everything from now on; null: keeps events again. */
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
        LOG.warn("{} events were dropped while there was no Kameleoon client", dropped);
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
      failures.failed("The SDK did not accept an event", e);
    }
  }

  /**
   * Drops what was kept, and every event from now on.
   *
   * @return how many events never reached a client
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

  /** What is to be sent. */
  @FunctionalInterface
  interface Event {
    /** Gives the event to the client. */
    void send(KameleoonClient client) throws KameleoonException;
  }
}
