package io.github.kameleoonservlet.internal.statistics;

import io.github.kameleoonservlet.identity.Outcome;
import io.github.kameleoonservlet.identity.UserKey;
import io.github.kameleoonservlet.identity.VisitorCode;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The last resolutions, in memory only. A snapshot shows neither codes nor users, but a few
 * characters by which an operator recognizes those of one browser. Thread-safe and without a lock.
 */
public final class RecentResolutions {

  /** The largest number of resolutions. */
  public static final int MOST = 50;

  private static final int LONGEST_PATH = 200;
  private static final int SHOWN_OF_CODE = 4;
  private static final int SHOWN_OF_KEY = 8;

  private final Clock clock;
  private final AtomicLong added = new AtomicLong();
  private final AtomicReferenceArray<@Nullable Entry> entries;

  RecentResolutions(int size, Clock clock) {
    this.clock = clock;
    this.entries = new AtomicReferenceArray<>(size);
  }

  /** Returns whether resolutions are kept. */
  public boolean isOn() {
    return entries.length() > 0;
  }

  /**
   * Adds a resolution; does nothing if none are kept.
   *
   * @param user the key of the signed-in user, or null
   * @param path the path of the request as the browser sent it
   */
  public void add(Outcome outcome, VisitorCode code, @Nullable UserKey user, String path) {
    if (isOn()) {
      int slot = (int) (added.getAndIncrement() % entries.length());
      entries.set(slot, new Entry(clock.millis(), outcome, code, user, path));
    }
  }

  /** Returns the resolutions, newest first. */
  public List<Resolution> snapshot() {
    List<Resolution> newestFirst = new ArrayList<>();
    long newest = added.get() - 1;
    for (long i = newest; i >= 0 && i > newest - entries.length(); i--) {
      Entry entry = entries.get((int) (i % entries.length()));
      if (entry != null) {
        newestFirst.add(entry.masked());
      }
    }
    return List.copyOf(newestFirst);
  }

  /**
   * A resolution. Immutable.
   *
   * @param time the end of the request
   * @param outcome how the request got its code
   * @param code the first characters of the code, and an ellipsis
   * @param user the first characters of the user's key, and an ellipsis; null without a user
   * @param path the path without parameters and query
   */
  public record Resolution(
      Instant time, Outcome outcome, String code, @Nullable String user, String path) {}

  /**
   * A resolution as requests add it. Masked when it is read, because requests are more frequent.
   */
  private record Entry(
      long millis, Outcome outcome, VisitorCode code, @Nullable UserKey user, String path) {

    Resolution masked() {
      return new Resolution(
          Instant.ofEpochMilli(millis),
          outcome,
          // A short code of an app shows a quarter.
          begin(code.value(), Math.min(SHOWN_OF_CODE, code.value().length() / 4)),
          user == null ? null : begin(user.value(), SHOWN_OF_KEY),
          withoutParameters(path));
    }

    private static String withoutParameters(String path) {
      int end = path.length();
      for (int i = 0; i < end; i++) {
        // A path parameter may be the id of a session.
        if (path.charAt(i) == ';' || path.charAt(i) == '?') {
          end = i;
        }
      }
      return end > LONGEST_PATH ? begin(path, LONGEST_PATH) : path.substring(0, end);
    }

    private static String begin(String text, int length) {
      return text.substring(0, length) + "…";
    }
  }
}
