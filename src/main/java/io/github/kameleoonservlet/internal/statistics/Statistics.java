package io.github.kameleoonservlet.internal.statistics;

import io.github.kameleoonservlet.decision.Variation;
import io.github.kameleoonservlet.identity.Outcome;
import io.github.kameleoonservlet.identity.UserKey;
import io.github.kameleoonservlet.identity.VisitorCode;
import java.time.Clock;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The counts of one filter since its start. Immutable; every part is thread-safe. */
public final class Statistics {

  private final Instant since;
  private final RequestCounts requests;
  private final DecisionCounts decisions = new DecisionCounts();
  private final StoreCounts store;
  private final PlatformCounts platform;
  private final WarningCounts warnings;
  private final PreviewCounts previews = new PreviewCounts();
  private final RecentResolutions recent;

  /**
   * Creates empty counts.
   *
   * @param recentResolutions how many resolutions are kept in memory, from 0 to {@link
   *     RecentResolutions#MOST}
   */
  public Statistics(int recentResolutions) {
    this(recentResolutions, Clock.systemUTC());
  }

  /** Creates empty counts with a clock. */
  public Statistics(int recentResolutions, Clock clock) {
    since = clock.instant();
    requests = new RequestCounts(clock);
    store = new StoreCounts(clock);
    platform = new PlatformCounts(clock);
    warnings = new WarningCounts(clock);
    recent = new RecentResolutions(recentResolutions, clock);
  }

  /**
   * Counts a request at its end, and keeps its resolution.
   *
   * @param user the key of the signed-in user, or null
   * @param path the path of the request, or null if it is not read
   */
  public void ended(
      Outcome outcome, VisitorCode code, @Nullable UserKey user, @Nullable String path) {
    requests.ended(outcome);
    recent.add(outcome, code, user, path == null ? "" : path);
  }

  /** Counts a decision that a page or an API call reads. */
  public void decided(Variation variation) {
    decisions.read(variation);
  }

  /** Returns the time of the filter's start. */
  public Instant since() {
    return since;
  }

  /** Returns the counts of requests by outcome. */
  public RequestCounts requests() {
    return requests;
  }

  /** Returns the counts of decisions that pages and the API read. */
  public DecisionCounts decisions() {
    return decisions;
  }

  /** Returns the counts of calls to the store, and the outages of the store. */
  public StoreCounts store() {
    return store;
  }

  /** Returns the counts of requests to the platform. */
  public PlatformCounts platform() {
    return platform;
  }

  /** Returns the detections of wrong user ids. */
  public WarningCounts warnings() {
    return warnings;
  }

  /** Returns the counts of links and cookies that show no preview. */
  public PreviewCounts previews() {
    return previews;
  }

  /** Returns the last resolutions. */
  public RecentResolutions recent() {
    return recent;
  }
}
