package io.github.kameleoonservlet.internal.decision;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The state of the service that decides variations and takes events, at one moment. For the people
 * who operate the application: contains no visitor code, no user and no secret. Immutable.
 *
 * <p>With another SDK than 4.5.0, or with a client whose first requests the library did not see,
 * some values are unknown, which null stands for.
 *
 * @param state whether the service decides
 * @param readySince when the first data file arrived; null if none has, or if unknown
 * @param dataFile the data file that decides at present
 * @param lastFetch the last fetch of the data file, whether or not it had success; null if none has
 *     ended yet, or if unknown
 * @param events the events of visitors
 * @param findings the findings of the check of the data file that concern the whole file, one
 *     sentence each without a full stop; those of a feature are in {@link FeatureDescription}
 * @param faults the faults that last, one sentence each without a full stop, for example why the
 *     client cannot be created; at most {@link #MAX_FAULTS}, without codes and secrets
 */
public record PlatformStatus(
    State state,
    @Nullable Instant readySince,
    DataFile dataFile,
    @Nullable Fetch lastFetch,
    Events events,
    List<String> findings,
    List<String> faults) {

  /** The maximum number of faults. */
  public static final int MAX_FAULTS = 20;

  /** Copies the lists. */
  public PlatformStatus {
    findings = List.copyOf(findings);
    faults = List.copyOf(faults);
  }

  /** Whether the service decides. */
  public enum State {
    /** No client of the SDK exists: not yet, no longer, or the SDK cannot start. */
    NO_CLIENT,
    /** The client waits for its first data file, or its data file has no features. */
    NOT_READY,
    /** The client decides from a data file. */
    READY,
    /**
     * Other code of the application has stopped the client, which decides from its last data file
     * until the library has created another one.
     */
    STOPPED
  }

  /** Where a data file comes from. */
  public enum Origin {
    /** From the platform. */
    PLATFORM,
    /** From a local file, so that no request leaves the JVM. */
    FILE,
    /** From nowhere: the SDK cannot start. */
    NONE
  }

  /**
   * The data file that decides at present.
   *
   * @param origin where the data file comes from
   * @param source the platform's host name, or the path of the local file; null if unknown
   * @param confirmed when the data file arrived, or was last fetched again with the same content;
   *     null if no data file has arrived, or if unknown
   * @param features the number of features; 0 before the first data file
   */
  public record DataFile(
      Origin origin, @Nullable String source, @Nullable Instant confirmed, int features) {

    /** Returns how old the data file is, or null if unknown. */
    public @Nullable Duration age(Instant now) {
      return confirmed == null ? null : Duration.between(confirmed, now);
    }
  }

  /**
   * One fetch of the data file.
   *
   * @param at when it ended; when it began if it has had no response for ten seconds
   * @param status the HTTP status of the response; null without a response, and for a local file
   * @param fault why the fetch failed, in a few words without secrets; null if it had success
   */
  public record Fetch(Instant at, @Nullable Integer status, @Nullable String fault) {}

  /**
   * The events of visitors since the start. With a local data file, an event counts as sent when
   * the library has taken it from the SDK, and no event leaves the JVM.
   *
   * @param pending the events that the library and the SDK hold at present and have not delivered;
   *     null if unknown
   * @param sent the events that the platform accepted; null if unknown
   * @param lost the events that cannot be delivered any more; null if unknown
   */
  public record Events(@Nullable Long pending, @Nullable Long sent, @Nullable Long lost) {}
}
