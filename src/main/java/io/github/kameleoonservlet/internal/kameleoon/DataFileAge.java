package io.github.kameleoonservlet.internal.kameleoon;

import com.kameleoon.configuration.DataFile;
import java.lang.ref.WeakReference;
import java.time.Instant;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The age of a client's data file. SDK 4.5.0 creates another {@link DataFile} for each response
 * that it accepts, also if the content is the same, and reports it to no handler. So the age is
 * that of the last successful fetch before the object changed. Thread-safe.
 */
final class DataFileAge {

  private Supplier<@Nullable DataFile> current = () -> null;
  private @Nullable WeakReference<DataFile> known;
  private @Nullable Instant fetched;
  private @Nullable Instant confirmed;
  private @Nullable Instant readySince;

  /**
   * Begins to follow a client.
   *
   * @param dataFile returns the client's present data file
   * @param made when the client was made, with its first fetch; null if unknown, because other code
   *     has made the client
   */
  synchronized void follow(Supplier<@Nullable DataFile> dataFile, @Nullable Instant made) {
    current = dataFile;
    fetched = made;
    settle();
  }

  /**
   * Notes the success of a fetch, whose data file the SDK has not read yet.
   *
   * @param at when the response arrived
   */
  synchronized void fetched(Instant at) {
    settle();
    fetched = at;
  }

  /** Returns when the present data file was last fetched; null if unknown or if there is none. */
  synchronized @Nullable Instant confirmed() {
    settle();
    return confirmed;
  }

  /** Returns when the first data file arrived; null if unknown or if there is none. */
  synchronized @Nullable Instant readySince() {
    settle();
    return readySince;
  }

  private void settle() {
    DataFile now = current.get();
    WeakReference<DataFile> before = known;
    if (now == null
        || (before != null && before.refersTo(now))
        || now.getFeatureFlags().isEmpty()) {
      return;
    }
    known = new WeakReference<>(now);
    confirmed = fetched;
    if (before == null) {
      readySince = fetched;
    }
  }
}
