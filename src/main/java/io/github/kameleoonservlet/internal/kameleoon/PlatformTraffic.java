package io.github.kameleoonservlet.internal.kameleoon;

import com.kameleoon.configuration.DataFile;
import io.github.kameleoonservlet.internal.decision.PlatformStatus.Fetch;
import io.github.kameleoonservlet.internal.statistics.PlatformCounts;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.function.Supplier;
import org.apache.hc.client5.http.async.methods.SimpleHttpRequest;
import org.jspecify.annotations.Nullable;

/**
 * The requests of the SDK to the platform, counted when they end, on the SDK's threads. With a
 * local data file no request reaches the platform, and only the events are counted. Thread-safe.
 */
final class PlatformTraffic {

  /**
   * SDK 4.5.0 sets no time-out for a response, and waits ten seconds for a data file by default.
   */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private static final String DATA_FILE_HOST = "sdk-config.";
  private static final int SUCCESS = 2;
  private static final int HUNDRED = 100;

  /** The status after which SDK 4.5.0 counts events as delivered, although the platform refuses. */
  private static final int FORBIDDEN = 403;

  private final @Nullable OfflineNetwork offline;
  private final PlatformCounts counts;
  private final Supplier<Instant> clock;
  private final DataFileAge age = new DataFileAge();
  private volatile @Nullable Fetch lastFetch;
  private volatile @Nullable Instant waitingSince;

  /**
   * Creates an instance without requests.
   *
   * @param offline the network of a client that decides from a data file, else null
   * @param counts counts requests and events
   */
  PlatformTraffic(
      @Nullable OfflineNetwork offline, PlatformCounts counts, Supplier<Instant> clock) {
    this.offline = offline;
    this.counts = counts;
    this.clock = clock;
  }

  /**
   * Begins to follow the data file of a client.
   *
   * @param dataFile returns the present data file
   * @param made whether the library has made the client just now, whose first fetch has ended
   *     before the library could watch it
   */
  void follow(Supplier<DataFile> dataFile, boolean made) {
    Instant now = clock.get();
    // The response to an earlier client no longer counts.
    waitingSince = null;
    age.follow(dataFile, made ? now : null);
    if (made) {
      boolean arrived = !dataFile.get().getFeatureFlags().isEmpty();
      lastFetch = new Fetch(now, null, arrived ? null : "failed, see the log of the SDK");
    }
  }

  /** Returns the age of the data file. */
  DataFileAge age() {
    return age;
  }

  /** Notes that a request begins. */
  void begun(SimpleHttpRequest request) {
    if (typeOf(request) == PlatformCounts.Type.DATA_FILE) {
      waitingSince = clock.get();
    }
  }

  /** Counts a request that got a response. */
  void answered(SimpleHttpRequest request, int status) {
    PlatformCounts.Type type = typeOf(request);
    if (offline == null) {
      counts.requested(type, status);
    }
    switch (type) {
      case DATA_FILE -> fetched(status);
      case EVENTS -> tracked(request, status);
      default -> {}
    }
  }

  /** Counts a request that got no response. */
  void failed(SimpleHttpRequest request, Throwable fault) {
    PlatformCounts.Type type = typeOf(request);
    counts.requested(type, PlatformCounts.NO_ANSWER);
    if (type == PlatformCounts.Type.DATA_FILE) {
      waitingSince = null;
      lastFetch = new Fetch(clock.get(), null, SdkFailures.message(fault));
    }
  }

  /** Notes that a client which stops no longer waits for a response. */
  void cancelled(SimpleHttpRequest request) {
    if (typeOf(request) == PlatformCounts.Type.DATA_FILE) {
      waitingSince = null;
    }
  }

  /** Counts events that no request delivers. */
  void lost(long events) {
    counts.eventsLost(events);
  }

  /** Returns the type of a request of SDK 4.5.0. */
  static PlatformCounts.Type typeOf(SimpleHttpRequest request) {
    String path = text(request.getPath());
    if (path.startsWith("/visit/events")) {
      return PlatformCounts.Type.EVENTS;
    }
    if (path.startsWith("/oauth/token")) {
      return PlatformCounts.Type.TOKEN;
    }
    if (path.startsWith("/visit/") || path.startsWith("/map/")) {
      return PlatformCounts.Type.VISITOR;
    }
    return request.getAuthority() != null
            && text(request.getAuthority().getHostName())
                .toLowerCase(Locale.ROOT)
                .startsWith(DATA_FILE_HOST)
        ? PlatformCounts.Type.DATA_FILE
        : PlatformCounts.Type.OTHER;
  }

  private static String text(@Nullable String value) {
    return value == null ? "" : value;
  }

  private void fetched(int status) {
    Instant now = clock.get();
    waitingSince = null;
    if (offline != null) {
      String fault = offline.fault();
      lastFetch = new Fetch(now, null, fault);
      if (fault == null) {
        age.fetched(now);
      }
    } else if (status / HUNDRED == SUCCESS) {
      lastFetch = new Fetch(now, status, null);
      age.fetched(now);
    } else {
      lastFetch = new Fetch(now, status, "HTTP status " + status);
    }
  }

  private void tracked(SimpleHttpRequest request, int status) {
    if (status / HUNDRED == SUCCESS) {
      counts.eventsSent(events(request));
    } else if (status == FORBIDDEN) {
      counts.eventsLost(events(request));
    }
  }

  /** Returns the number of events in a request, which has one line for each. */
  private static long events(SimpleHttpRequest request) {
    String body = request.getBodyText();
    return body == null ? 0 : body.lines().filter(line -> !line.isBlank()).count();
  }

  /** Returns the last fetch of the data file; null if none has ended or waits too long. */
  @Nullable Fetch lastFetch() {
    Instant since = waitingSince;
    return since != null && Duration.between(since, clock.get()).compareTo(PATIENCE) >= 0
        ? new Fetch(since, null, "no response since then")
        : lastFetch;
  }

  /** Returns the counts of requests and events. */
  PlatformCounts.Snapshot counts() {
    return counts.snapshot();
  }
}
