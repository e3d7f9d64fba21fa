package io.github.kameleoonservlet.internal.statistics;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.LongAdder;

/** The requests to the platform, and the events. Thread-safe. */
public final class PlatformCounts {

  /** The status of a request without an answer. */
  public static final int NO_ANSWER = 0;

  private static final int LOWEST = 100;
  private static final int HIGHEST = 599;

  /** A type of request. */
  public enum Type {
    /** The data file. */
    DATA_FILE,
    /** The access token for events. */
    TOKEN,
    /** Events: exposures, conversions, custom data. */
    EVENTS,
    /** What the platform remembers of a visitor. */
    VISITOR,
    /** Every other request. */
    OTHER
  }

  private final Clock clock;
  private final Map<Type, ConcurrentMap<Integer, LongAdder>> requests =
      PerConstant.of(Type.class, type -> new ConcurrentHashMap<>());
  private final ConcurrentMap<Type, Last> last = new ConcurrentHashMap<>();
  private volatile Observer newStatuses = (type, status) -> {};
  private final LongAdder sent = new LongAdder();
  private final LongAdder lost = new LongAdder();

  PlatformCounts(Clock clock) {
    this.clock = clock;
  }

  /** An observer of the types and statuses that occur. */
  @FunctionalInterface
  public interface Observer {

    /** Notes a type and a status; may be called twice, and does not throw. */
    void observe(Type type, int status);
  }

  /**
   * Calls an observer with each type and status that has a count, and later with each new one.
   *
   * @param observer replaces an earlier observer
   */
  public void forEachStatus(Observer observer) {
    newStatuses = observer;
    requests.forEach(
        (type, statuses) -> statuses.keySet().forEach(status -> observer.observe(type, status)));
  }

  /** Returns the number of requests with a status. */
  public long count(Type type, int status) {
    LongAdder count = PerConstant.at(requests, type).get(status);
    return count == null ? 0 : count.sum();
  }

  /**
   * Counts a request at its end.
   *
   * @param status the status of the response; {@link #NO_ANSWER} without a response
   */
  public void requested(Type type, int status) {
    int counted = status < LOWEST || status > HIGHEST ? NO_ANSWER : status;
    ConcurrentMap<Integer, LongAdder> ofType = PerConstant.at(requests, type);
    LongAdder fresh = new LongAdder();
    LongAdder known = ofType.putIfAbsent(counted, fresh);
    (known == null ? fresh : known).increment();
    if (known == null) {
      newStatuses.observe(type, counted);
    }
    last.put(type, new Last(type, counted, clock.instant()));
  }

  /** Counts events that the platform has accepted. */
  public void eventsSent(long events) {
    sent.add(events);
  }

  /** Counts events that will never be sent. */
  public void eventsLost(long events) {
    lost.add(events);
  }

  /** Returns the counts as of now. */
  public Snapshot snapshot() {
    List<Count> counts = new ArrayList<>();
    List<Last> latest = new ArrayList<>();
    for (Type type : Type.values()) {
      PerConstant.at(requests, type).entrySet().stream()
          .sorted(Map.Entry.comparingByKey())
          .forEach(entry -> counts.add(new Count(type, entry.getKey(), entry.getValue().sum())));
      Last request = last.get(type);
      if (request != null) {
        latest.add(request);
      }
    }
    return new Snapshot(List.copyOf(counts), List.copyOf(latest), sent.sum(), lost.sum());
  }

  /**
   * The counts at one time. Immutable.
   *
   * @param requests the requests by type and status, without those that did not occur
   * @param last the last request of each type, without types that did not occur
   * @param eventsSent how many events the platform has accepted
   * @param eventsLost how many events will never be sent
   */
  public record Snapshot(List<Count> requests, List<Last> last, long eventsSent, long eventsLost) {}

  /**
   * The number of requests with one status. Immutable.
   *
   * @param type the type
   * @param status the status of the response, or {@link #NO_ANSWER}
   * @param count how many requests there were since the start
   */
  public record Count(Type type, int status, long count) {}

  /**
   * The last request of a type. Immutable.
   *
   * @param type the type
   * @param status the status of the response, or {@link #NO_ANSWER}
   * @param time when the request ended
   */
  public record Last(Type type, int status, Instant time) {}
}
