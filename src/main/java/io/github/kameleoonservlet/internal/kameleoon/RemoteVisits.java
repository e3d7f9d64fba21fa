package io.github.kameleoonservlet.internal.kameleoon;

import com.kameleoon.types.RemoteVisitorDataFilter;
import java.lang.ref.WeakReference;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The background fetches of visitors' data from the platform to the SDK's memory. Each visitor is
 * fetched once in a session, at most eight visitors at the same time, and only with the data that
 * conditions of the data file need. During eight fetches and for 30 seconds after a failure, no
 * fetch begins, and a later page fetches the data. Thread-safe. No method throws or waits.
 */
final class RemoteVisits {

  private static final String FAILED =
      "Cannot fetch earlier visits from Kameleoon, trying again after 30 seconds."
          + " Until then these visitors count as new";
  private static final int AT_ONCE = 8;

  /**
   * The time after which a running fetch no longer counts, because the SDK may never end a fetch.
   */
  private static final long LOST_NANOS = 60_000_000_000L;

  private static final long PAUSE_NANOS = 30_000_000_000L;

  private final DataFileDoctor doctor;
  private final SdkFailures failures;
  private final LongSupplier clock;
  private final RecentVisitors<Boolean> fetched;
  private final Deque<Long> running = new ArrayDeque<>();
  private @Nullable Long failedAt;
  private WeakReference<SdkClient> fetchedInto = new WeakReference<>(null);

  /**
   * Creates an instance that has fetched nothing.
   *
   * @param sessionMillis the time in milliseconds after which the SDK drops a visitor
   * @param clock returns nanoseconds, as {@link System#nanoTime}
   */
  RemoteVisits(
      DataFileDoctor doctor, SdkFailures failures, long sessionMillis, LongSupplier clock) {
    this.doctor = doctor;
    this.failures = failures;
    this.clock = clock;
    this.fetched = new RecentVisitors<>(sessionMillis, clock);
  }

  /** Begins to fetch a visitor's data, unless the data were fetched in this session. */
  void fetch(SdkClient client, String code) {
    RemoteVisitorDataFilter filter = doctor.remoteNeeds();
    if (filter == null) {
      return;
    }
    Long begun = begin(client, code);
    if (begun == null) {
      return;
    }
    try {
      SdkInternals internals = client.internals();
      if (internals == null) {
        fetch(client, code, filter, begun);
      } else {
        internals.execute(() -> fetch(client, code, filter, begun));
      }
    } catch (RejectedExecutionException e) {
      end(code, begun, e);
    }
  }

  private void fetch(SdkClient client, String code, RemoteVisitorDataFilter filter, Long begun) {
    try {
      CompletableFuture<?> unused =
          client
              .sdk()
              .getRemoteVisitorData(code, filter, /* addData= */ true)
              .handle(
                  (data, fault) -> {
                    trimPages(client, code);
                    end(code, begun, fault);
                    return null;
                  });
    } catch (VirtualMachineError e) {
      throw e;
    } catch (Throwable e) {
      end(code, begun, e);
    }
  }

  /** Limits the visitor's pages, because the platform may return any number of pages. */
  private static void trimPages(SdkClient client, String code) {
    SdkInternals internals = client.internals();
    if (internals != null) {
      internals.trimPages(code);
    }
  }

  private synchronized @Nullable Long begin(SdkClient client, String code) {
    if (!fetchedInto.refersTo(client)) {
      // A new client has no data of visitors.
      fetched.clear();
      fetchedInto = new WeakReference<>(client);
    }
    long now = clock.getAsLong();
    while (!running.isEmpty() && now - running.getFirst() > LOST_NANOS) {
      running.removeFirst();
    }
    boolean pauses = failedAt != null && now - failedAt < PAUSE_NANOS;
    if (pauses || running.size() >= AT_ONCE || !fetched.isNew(code, true)) {
      return null;
    }
    running.addLast(now);
    return now;
  }

  private void end(String code, Long begun, @Nullable Throwable fault) {
    synchronized (this) {
      running.removeFirstOccurrence(begun);
      failedAt = fault == null ? null : (Long) clock.getAsLong();
    }
    if (fault == null) {
      failures.recovered(FAILED);
    } else {
      fetched.forget(code);
      failures.failed(FAILED, fault);
    }
  }
}
