package io.github.kameleoonservlet.internal.statistics;

import io.github.kameleoonservlet.identity.Outcome;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * The number of requests by outcome. A request counts once, at its end, with the outcome that it
 * has then, also if the application has signed a user in. A new code that the response did not
 * carry to the browser counts as {@code UNRESOLVED}. A request whose visitor the library did not
 * resolve, such as one for a file, does not count. Thread-safe and without a lock.
 */
public final class RequestCounts {

  /** The number of minutes in {@link Snapshot#lastHour}. */
  public static final int MINUTES = 60;

  /** The number of hours in {@link Snapshot#lastDay}. */
  public static final int HOURS = 24;

  private final Clock clock;
  private final OutcomeTally total = new OutcomeTally(0);
  private final PeriodRing lastHour = new PeriodRing(MINUTES, Duration.ofMinutes(1));
  private final PeriodRing lastDay = new PeriodRing(HOURS, Duration.ofHours(1));

  RequestCounts(Clock clock) {
    this.clock = clock;
  }

  /** Counts a request at its end. */
  public void ended(Outcome outcome) {
    long now = clock.millis();
    total.add(outcome);
    lastHour.add(now, outcome);
    lastDay.add(now, outcome);
  }

  /** Returns the number of requests with an outcome. */
  public long total(Outcome outcome) {
    return total.count(outcome);
  }

  /** Returns the counts as of now. */
  public Snapshot snapshot() {
    long now = clock.millis();
    return new Snapshot(total.counts(), lastHour.snapshot(now), lastDay.snapshot(now));
  }

  /**
   * The counts at one time. Immutable.
   *
   * @param total the number of requests since the start, for every outcome
   * @param lastHour the last {@link #MINUTES} minutes, oldest first, the current minute last
   * @param lastDay the last {@link #HOURS} hours, oldest first, the current hour last
   */
  public record Snapshot(Map<Outcome, Long> total, List<Period> lastHour, List<Period> lastDay) {}

  /**
   * A minute or an hour. Immutable.
   *
   * @param begin the start of the period
   * @param outcomes the number of requests in this period, for every outcome
   */
  public record Period(Instant begin, Map<Outcome, Long> outcomes) {}
}
