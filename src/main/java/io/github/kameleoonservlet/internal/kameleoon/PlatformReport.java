package io.github.kameleoonservlet.internal.kameleoon;

import io.github.kameleoonservlet.internal.decision.PlatformStatus;
import io.github.kameleoonservlet.internal.decision.PlatformStatus.DataFile;
import io.github.kameleoonservlet.internal.decision.PlatformStatus.Events;
import io.github.kameleoonservlet.internal.decision.PlatformStatus.Origin;
import io.github.kameleoonservlet.internal.decision.PlatformStatus.State;
import io.github.kameleoonservlet.internal.statistics.PlatformCounts;
import java.net.URI;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The state of the provider and of the platform. Thread-safe. */
final class PlatformReport {

  /** Counting the pending events visits all visitors of the SDK. */
  private static final long COUNT_AGAIN_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final @Nullable OfflineNetwork offline;
  private final PlatformTraffic traffic;
  private final EventQueue events;
  private final TargetingTasks targeting;
  private final SdkFailures failures;
  private final LongSupplier nanoTime;
  private volatile @Nullable Count pending;

  /**
   * Creates a report.
   *
   * @param offline the network of a client that decides from a data file, else null
   * @param nanoTime the clock, as {@link System#nanoTime}
   */
  PlatformReport(
      @Nullable OfflineNetwork offline,
      PlatformTraffic traffic,
      EventQueue events,
      TargetingTasks targeting,
      SdkFailures failures,
      LongSupplier nanoTime) {
    this.offline = offline;
    this.traffic = traffic;
    this.events = events;
    this.targeting = targeting;
    this.failures = failures;
    this.nanoTime = nanoTime;
  }

  /** Returns the present state, with a client or without one. */
  PlatformStatus of(@Nullable SdkClient client) {
    return new PlatformStatus(
        state(client),
        traffic.age().readySince(),
        dataFile(client),
        traffic.lastFetch(),
        events(client),
        targeting.findings(),
        failures.lasting());
  }

  /** Returns the state of a provider that cannot be asked. */
  PlatformStatus unknown() {
    return new PlatformStatus(
        State.NO_CLIENT,
        null,
        new DataFile(Origin.NONE, null, null, 0),
        null,
        new Events(null, null, null),
        List.of(),
        failures.lasting());
  }

  private static State state(@Nullable SdkClient client) {
    if (client == null) {
      return State.NO_CLIENT;
    }
    if (client.stopped()) {
      return State.STOPPED;
    }
    return client.ready() ? State.READY : State.NOT_READY;
  }

  private DataFile dataFile(@Nullable SdkClient client) {
    int features = client == null ? 0 : client.sdk().getFeatureList().size();
    if (offline != null) {
      return new DataFile(
          Origin.FILE, offline.file().toString(), traffic.age().confirmed(), features);
    }
    if (client == null) {
      return new DataFile(Origin.NONE, null, null, 0);
    }
    SdkInternals internals = client.internals();
    return new DataFile(
        Origin.PLATFORM,
        internals == null ? null : URI.create(internals.dataFileUrl()).getHost(),
        traffic.age().confirmed(),
        features);
  }

  private Events events(@Nullable SdkClient client) {
    PlatformCounts.Snapshot counts = traffic.counts();
    if (client == null) {
      return new Events(events.waiting(), counts.eventsSent(), counts.eventsLost());
    }
    SdkInternals internals = client.internals();
    if (internals == null || !internals.isWatched()) {
      return new Events(null, null, null);
    }
    return new Events(
        events.waiting() + undelivered(internals), counts.eventsSent(), counts.eventsLost());
  }

  private long undelivered(SdkInternals internals) {
    long now = nanoTime.getAsLong();
    Count known = pending;
    if (known == null || known.of() != internals || now - known.nanos() >= COUNT_AGAIN_NANOS) {
      known = new Count(internals, now, internals.undelivered());
      pending = known;
    }
    return known.events();
  }

  private record Count(SdkInternals of, long nanos, long events) {}
}
