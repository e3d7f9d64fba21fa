package io.github.kameleoonservlet.internal.kameleoon;

import com.kameleoon.logging.KameleoonLogger;
import com.kameleoon.logging.LogLevel;
import io.github.kameleoonservlet.internal.outage.FirstOccurrences;
import java.time.Duration;
import java.util.AbstractMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The bridge from the SDK's static log to the slf4j logger {@code com.kameleoon}. Thread-safe.
 *
 * <p>SDK 4.5.0 writes visitor codes at INFO and the access token at DEBUG, in many forms, so the
 * bridge drops all lines of these levels. The bridge removes codes and secrets from lines at
 * WARNING and ERROR. The bridge logs a repeated line at DEBUG for ten minutes, because the SDK
 * repeats its lines every ten seconds of an outage.
 */
final class LogBridge extends SdkHook<Map.Entry<com.kameleoon.logging.Logger, LogLevel>>
    implements com.kameleoon.logging.Logger {

  private static final Pattern SECRET =
      Pattern.compile(
          "((?:visitor[\\s_]?codes?|visitor data for|access_token|client[_ ]?(?:id|secret)|bearer)"
              + "['\"\\s:=\\[]+)"
              + "[^\\s&,;'\"\\]}]+",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern PREFIX = Pattern.compile("^Kameleoon \\[[A-Z]+]: ");
  private static final Duration QUIET = Duration.ofMinutes(10);
  private static final int REMEMBERED = 100;

  private final Logger log = LoggerFactory.getLogger("com.kameleoon");
  private final FirstOccurrences recent = FirstOccurrences.within(QUIET, REMEMBERED);
  private volatile @Nullable String firstError;

  private LogBridge(com.kameleoon.logging.Logger logger, LogLevel level) {
    // Not Map.entry: an application can set the logger to null, which silences the SDK.
    super(new AbstractMap.SimpleImmutableEntry<>(logger, level));
  }

  /** Replaces the SDK's present logger by a new bridge, and returns the bridge. */
  @SuppressWarnings("LockOnNonEnclosingClassLiteral") // all copies share this lock
  static LogBridge install() {
    synchronized (KameleoonLogger.class) {
      LogLevel before = KameleoonLogger.getLogLevel();
      LogBridge bridge = new LogBridge(KameleoonLogger.getLogger(), before);
      KameleoonLogger.setLogger(bridge);
      if (LogLevel.WARNING.getLevel() > before.getLevel()) {
        KameleoonLogger.setLogLevel(LogLevel.WARNING);
      }
      return bridge;
    }
  }

  /**
   * Removes the bridge. Loggers that were set after the bridge stay. Further calls have no effect.
   */
  @SuppressWarnings("LockOnNonEnclosingClassLiteral") // all copies share this lock
  void close() {
    synchronized (KameleoonLogger.class) {
      if (removedFrom(KameleoonLogger.getLogger())) {
        KameleoonLogger.setLogger(replaced().getKey());
        KameleoonLogger.setLogLevel(replaced().getValue());
      }
    }
  }

  @Override
  Object next(Map.Entry<com.kameleoon.logging.Logger, LogLevel> now) {
    return now.getKey();
  }

  /**
   * Returns the SDK's first line at ERROR through this bridge, without codes and secrets; null if
   * there was no such line.
   */
  @Nullable String firstError() {
    return firstError;
  }

  @Override
  public void log(LogLevel level, String prefixed) {
    String message = PREFIX.matcher(prefixed).replaceFirst("");
    switch (level) {
      case ERROR -> {
        String safe = scrub(message);
        if (firstError == null) {
          firstError = safe;
        }
        if (recent.isFirst(safe)) {
          log.error("{}", safe);
        } else {
          log.debug("{}", safe);
        }
      }
      case WARNING -> {
        String safe = scrub(message);
        if (recent.isFirst(safe)) {
          log.warn("{}", safe);
        } else {
          log.debug("{}", safe);
        }
      }
      default -> {
        // Dropped. The application can lower the SDK's level, and these lines contain codes and
        // tokens.
      }
    }
  }

  /** Returns a line of the SDK without visitor codes, tokens and credentials. */
  static String scrub(String message) {
    return SECRET.matcher(message).replaceAll("$1***");
  }
}
