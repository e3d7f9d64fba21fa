package io.github.kameleoonservlet.internal.kameleoon;

import com.kameleoon.logging.KameleoonLogger;
import com.kameleoon.logging.LogLevel;
import io.github.kameleoonservlet.internal.outage.FirstOccurrences;
import java.time.Duration;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Leads the SDK's one static log to the slf4j logger {@code com.kameleoon}. Thread-safe.
 *
 * <p>SDK 4.5.0 writes visitor codes at INFO and the access token at DEBUG, in many forms: these
 * lines end here. WARNING and ERROR are scrubbed, and a line that was logged in the last ten
 * minutes is DEBUG, because the SDK repeats it every ten seconds of an outage.
 *
 * <p>Several web apps may share one SDK, each with this class of its own. Their bridges form a list
 * that begins at the SDK: a bridge that closes takes itself out of it wherever it stands, so that
 * the others go on and nobody keeps a closed web app alive. They know each other by JDK types only.
 */
final class LogBridge implements com.kameleoon.logging.Logger, BiConsumer<Object, Object> {

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
  private com.kameleoon.logging.Logger previous;
  private LogLevel previousLevel;
  private volatile @Nullable String firstError;

  private LogBridge(com.kameleoon.logging.Logger previous, LogLevel previousLevel) {
    this.previous = previous;
    this.previousLevel = previousLevel;
  }

  /** Puts a new bridge before the SDK's present logger. */
  @SuppressWarnings("LockOnNonEnclosingClassLiteral") // the one lock that all copies share
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

  /** Takes the bridge out. A logger that was set after it stays. */
  @SuppressWarnings("LockOnNonEnclosingClassLiteral") // the one lock that all copies share
  void close() {
    synchronized (KameleoonLogger.class) {
      com.kameleoon.logging.Logger head = KameleoonLogger.getLogger();
      if (head == this) {
        KameleoonLogger.setLogger(previous);
        KameleoonLogger.setLogLevel(previousLevel);
      } else {
        tell(head, this, Map.entry(previous, previousLevel));
      }
    }
  }

  /** Hears, under the SDK's lock, that a bridge goes, and what was before it. */
  @Override
  public void accept(Object gone, Object before) {
    if (previous != gone) {
      tell(previous, gone, before);
    } else if (before instanceof Map.Entry<?, ?> entry) {
      previous = (com.kameleoon.logging.Logger) entry.getKey();
      previousLevel = (LogLevel) entry.getValue();
    }
  }

  private static void tell(Object logger, Object gone, Object before) {
    if (logger.getClass().getName().equals(LogBridge.class.getName())
        && logger instanceof BiConsumer<?, ?>) {
      @SuppressWarnings("unchecked") // this class, if of another class loader
      BiConsumer<Object, Object> bridge = (BiConsumer<Object, Object>) logger;
      bridge.accept(gone, before);
    }
  }

  /** The SDK's first line at ERROR through this bridge, scrubbed; null when there was none. */
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
        // Somebody has raised the SDK's level; codes and tokens stay out of the log all the same.
      }
    }
  }

  /** Takes visitor codes, tokens and credentials out of a line of the SDK. */
  static String scrub(String message) {
    return SECRET.matcher(message).replaceAll("$1***");
  }
}
