package io.github.kameleoonservlet.internal.statistics;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The calls of requests to the store, the hits of the cache, and the outages. Thread-safe; counting
 * takes no lock, except for the beginning and the end of an outage.
 */
public final class StoreCounts {

  /** The number of outages that are kept. */
  public static final int MOST_OUTAGES = 20;

  /** An operation of the store. */
  public enum Operation {
    /** A search for the code of a user. */
    FIND,
    /** A new link of a user to a code. */
    LINK,
    /** The erasure of a link. */
    ERASE,
    /** The move of a link to another key. */
    RENAME
  }

  /** The result of a call. */
  public enum Result {
    /** The store answered in time. */
    ANSWERED,
    /** The store failed. */
    FAILED,
    /** The store did not answer in time. */
    TIMED_OUT,
    /** The store was not called, because it is not open, is down, or has too many calls. */
    REFUSED
  }

  /** The state of the store. */
  public enum State {
    /** The store is not open yet. */
    OPENING,
    /** The store is open, and answers as far as the library knows. */
    REACHABLE,
    /** The store does not answer. */
    DOWN,
    /** The store cannot be used until an administrator corrects the cause and restarts. */
    UNUSABLE
  }

  /** The part of the store that is out. */
  public enum Part {
    /** The store does not answer. */
    STORE,
    /** The store answers, but accepts no links. */
    LINKS
  }

  private final Clock clock;
  private final Map<Operation, Map<Result, CallTally>> calls =
      PerConstant.of(
          Operation.class, operation -> PerConstant.of(Result.class, result -> new CallTally()));
  private final Map<Operation, LatencyHistogram> latencies =
      PerConstant.of(Operation.class, operation -> new LatencyHistogram());
  private final LongAdder hits = new LongAdder();
  private final LongAdder misses = new LongAdder();
  private final Deque<Outage> outages = new ArrayDeque<>();
  private int outagesBegun;

  /** The parts that are out; replaced, never changed. */
  private volatile Set<Part> out = Set.of();

  private volatile State state = State.OPENING;

  StoreCounts(Clock clock) {
    this.clock = clock;
  }

  /**
   * Counts the call of a request.
   *
   * @param nanos how long the request waited; not negative
   */
  public void called(Operation operation, Result result, long nanos) {
    tally(operation, result).add(nanos);
    if (result != Result.REFUSED) {
      PerConstant.at(latencies, operation).add(nanos);
    }
  }

  private CallTally tally(Operation operation, Result result) {
    return PerConstant.at(PerConstant.at(calls, operation), result);
  }

  /** Counts a search that the cache answers. */
  public void cacheHit() {
    hits.increment();
  }

  /** Counts a search that the cache does not answer. */
  public void cacheMiss() {
    misses.increment();
  }

  /** Notes the state of the store. */
  public void becomes(State next) {
    state = next;
  }

  /**
   * Notes the start of an outage. During an outage of the same part the first cause stays.
   *
   * @param cause the classes of the failure, without data of users
   */
  public void outageBegan(Part part, String cause) {
    synchronized (outages) {
      if (outages.stream().noneMatch(outage -> outage.part == part && outage.end == null)) {
        outagesBegun++;
        if (outages.size() == MOST_OUTAGES) {
          outages.removeFirst();
        }
        outages.addLast(new Outage(part, cause, clock.instant(), null));
        noteOpenOutages();
      }
    }
    if (part == Part.STORE) {
      state = State.DOWN;
    }
  }

  /** Notes that a part works: ends its outage, if there is one. */
  public void outageEnded(Part part) {
    if (out.contains(part)) {
      end(part);
    }
    if (part == Part.STORE) {
      state = State.REACHABLE;
    }
  }

  private void end(Part part) {
    synchronized (outages) {
      List<Outage> all = new ArrayList<>(outages);
      all.replaceAll(
          outage ->
              outage.part == part && outage.end == null
                  ? new Outage(part, outage.cause, outage.begin, clock.instant())
                  : outage);
      outages.clear();
      outages.addAll(all);
      noteOpenOutages();
    }
  }

  private void noteOpenOutages() {
    out =
        outages.stream()
            .filter(outage -> outage.end == null)
            .map(Outage::part)
            .collect(Collectors.toUnmodifiableSet());
  }

  /** Returns the state of the store. */
  public State state() {
    return state;
  }

  /** Returns the number of calls. */
  public long count(Operation operation, Result result) {
    return tally(operation, result).count();
  }

  /** Returns how long requests waited for calls in all, in nanoseconds. */
  public long totalNanos(Operation operation, Result result) {
    return tally(operation, result).nanos();
  }

  /** Returns the counts as of now. */
  public Snapshot snapshot() {
    List<Calls> counted = new ArrayList<>();
    List<Latency> measured = new ArrayList<>();
    for (Operation operation : Operation.values()) {
      for (Result result : Result.values()) {
        long count = count(operation, result);
        if (count > 0) {
          counted.add(
              new Calls(operation, result, count, Duration.ofNanos(totalNanos(operation, result))));
        }
      }
      LatencyHistogram latency = PerConstant.at(latencies, operation);
      if (latency.count() > 0) {
        measured.add(
            new Latency(
                operation,
                latency.percentile(0.5),
                latency.percentile(0.95),
                latency.percentile(0.99)));
      }
    }
    synchronized (outages) {
      return new Snapshot(
          state,
          List.copyOf(counted),
          List.copyOf(measured),
          hits.sum(),
          misses.sum(),
          outagesBegun,
          List.copyOf(outages));
    }
  }

  /**
   * The counts at one time. Immutable.
   *
   * @param state the state of the store
   * @param calls the calls by operation and result, without those that did not occur
   * @param latencies the latencies of the operations that occurred
   * @param cacheHits how many searches the cache answered
   * @param cacheMisses how many searches the cache did not answer
   * @param outagesSinceStart how many outages began since the start
   * @param outages the last {@link #MOST_OUTAGES} outages, oldest first
   */
  public record Snapshot(
      State state,
      List<Calls> calls,
      List<Latency> latencies,
      long cacheHits,
      long cacheMisses,
      int outagesSinceStart,
      List<Outage> outages) {}

  /**
   * The number of calls with one result. Immutable.
   *
   * @param operation the operation
   * @param result the result
   * @param count how many calls there were since the start
   * @param total how long requests waited for these calls in all
   */
  public record Calls(Operation operation, Result result, long count, Duration total) {}

  /**
   * How long requests waited for an operation, without refused calls. Each value is at most 13 %
   * too large. Immutable.
   *
   * @param operation the operation
   * @param median half of the calls took no longer
   * @param p95 95 of 100 calls took no longer
   * @param p99 99 of 100 calls took no longer
   */
  public record Latency(Operation operation, Duration median, Duration p95, Duration p99) {}

  /**
   * An outage. Immutable.
   *
   * @param part the part of the store that was out
   * @param cause the classes of the failure
   * @param begin when the library noticed the outage
   * @param end when the library noticed the end; null during the outage
   */
  public record Outage(Part part, String cause, Instant begin, @Nullable Instant end) {}

  /** The number and the time of calls with one result. */
  private static final class CallTally {

    private final LongAdder count = new LongAdder();
    private final LongAdder nanos = new LongAdder();

    void add(long duration) {
      count.increment();
      nanos.add(duration);
    }

    long count() {
      return count.sum();
    }

    long nanos() {
      return nanos.sum();
    }
  }
}
