package io.github.kameleoonservlet.internal.statistics;

import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** The detections of wrong user ids, of which the log shows the first one only. Thread-safe. */
public final class WarningCounts {

  /** A mistake in the deployment that the outcomes of many requests show. */
  public enum Kind {
    /** Many browsers use the same user id. */
    SHARED_USER_ID,
    /** The user id changes with each login. */
    CHANGING_USER_ID,
    /** Another application on this host keeps codes in a store of its own. */
    SECOND_STORE
  }

  private final Clock clock;
  private final ConcurrentMap<Kind, Warning> warnings = new ConcurrentHashMap<>();

  WarningCounts(Clock clock) {
    this.clock = clock;
  }

  /** Counts a detection. */
  public void detected(Kind kind) {
    Instant now = clock.instant();
    warnings.merge(
        kind,
        new Warning(kind, 1, now, now),
        (known, one) -> new Warning(kind, known.count + 1, known.first, now));
  }

  /** Returns the warnings that have occurred. */
  public List<Warning> snapshot() {
    return warnings.values().stream().sorted(Comparator.comparing(Warning::kind)).toList();
  }

  /**
   * A warning. Immutable.
   *
   * @param kind the mistake
   * @param count how often the library has detected the mistake since the start
   * @param first the time of the first detection
   * @param last the time of the last detection
   */
  public record Warning(Kind kind, long count, Instant first, Instant last) {}
}
