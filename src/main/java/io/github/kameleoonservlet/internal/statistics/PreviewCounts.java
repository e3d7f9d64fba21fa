package io.github.kameleoonservlet.internal.statistics;

import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** The counts of links and cookies that show no preview, by cause. Thread-safe. */
public final class PreviewCounts {

  /** The cause why a link or a cookie shows no preview. */
  public enum Cause {
    /** The text is malformed, or the secret of this application has not signed the text. */
    FORGED,
    /** The text is signed, and its time is over. */
    EXPIRED,
    /** The text is signed for another host. */
    OTHER_HOST,
    /** The text is too long. The library has not read the text. */
    OVERSIZED,
    /** The simulation cookie of Kameleoon has another form. */
    SIMULATION_MALFORMED,
    /** The setting {@code simulationFor} does not include the sender of the simulation cookie. */
    SIMULATION_REFUSED
  }

  /**
   * The counts at one moment.
   *
   * @param refused the number of refusals of every cause, also if it is 0; unmodifiable
   */
  public record Snapshot(Map<Cause, Long> refused) {}

  private final Map<Cause, LongAdder> counts =
      PerConstant.of(Cause.class, cause -> new LongAdder());

  /** Creates counts of 0. */
  public PreviewCounts() {}

  /** Counts one refusal. */
  public void add(Cause cause) {
    PerConstant.at(counts, cause).increment();
  }

  /** Returns the counts of now. */
  public Snapshot snapshot() {
    return new Snapshot(PerConstant.of(Cause.class, cause -> PerConstant.at(counts, cause).sum()));
  }
}
