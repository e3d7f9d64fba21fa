package io.github.kameleoonservlet.internal.kameleoon;

import io.github.kameleoonservlet.decision.Reason;
import io.github.kameleoonservlet.internal.decision.PlatformStatus;
import io.github.kameleoonservlet.internal.jars.RequiredJars;
import io.github.kameleoonservlet.internal.outage.FirstOccurrences;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The log of the SDK's failures. Each cause is logged once, without codes and secrets, and without
 * a stack trace, because the messages of a stack trace may contain codes and tokens. Thread-safe.
 *
 * <p>A feature without a decision is logged once per reason, up to 1,000 features. Unknown keys
 * have their own limit of 100, because clients can send any number of unknown keys. A {@link
 * LinkageError} concerns every feature, and is logged once.
 */
final class SdkFailures {

  private static final Logger LOG = LoggerFactory.getLogger(KameleoonDecisionProvider.class);
  private static final int CAPACITY = 1_000;
  private static final int CAPACITY_FROM_OUTSIDE = 100;
  private static final int CAPACITY_OF_LIBRARIES = 10;
  private static final int SHOWN = 40;
  private static final int MAX_CAUSES = 5;
  private static final Pattern FULL_STOP = Pattern.compile("\\.$");
  private static final Pattern UNPRINTABLE = Pattern.compile("[^\\x20-\\x7E]");

  /**
   * Characters that no valid key contains. An old Log4j could evaluate a key that a client sends.
   */
  private static final Pattern NOT_OF_KEYS = Pattern.compile("[^A-Za-z0-9_.-]");

  private final @Nullable RequiredJars jars;
  private final FirstOccurrences failures = new FirstOccurrences();
  private final FirstOccurrences features = new FirstOccurrences(CAPACITY);
  private final FirstOccurrences featuresFromOutside = new FirstOccurrences(CAPACITY_FROM_OUTSIDE);
  private final FirstOccurrences libraries = new FirstOccurrences(CAPACITY_OF_LIBRARIES);

  /** The faults that last, by their text without the cause. */
  private final Map<String, String> lasting = new LinkedHashMap<>();

  /** Creates a log without a check of the jars. */
  SdkFailures() {
    this(null);
  }

  /**
   * Creates a log.
   *
   * @param jars the check of the jars, whose WARN takes the place of the WARN about the same jar
   */
  SdkFailures(@Nullable RequiredJars jars) {
    this.jars = jars;
  }

  /** Logs that a feature has no decision, once per feature and reason. */
  void log(String featureKey, Reason reason, @Nullable Throwable cause) {
    if (cause != null && isLibraryFault(cause)) {
      return;
    }
    String shown = shownKey(featureKey);
    if (!isNew(shown, reason)) {
      return;
    }
    if (reason == Reason.DISABLED) {
      LOG.info("Feature '{}' is {}: visitors get 'off'", shown, reason);
    } else if (cause == null) {
      LOG.warn("Feature '{}' is {}: visitors get 'off'", shown, reason);
    } else {
      LOG.warn("Feature '{}' is {}: visitors get 'off' ({})", shown, reason, message(cause));
    }
  }

  /**
   * Returns a feature key in a form that is safe for a log: shortened, with other characters
   * replaced.
   */
  static String shownKey(String featureKey) {
    String start = featureKey.substring(0, Math.min(SHOWN, featureKey.length()));
    return NOT_OF_KEYS.matcher(start).replaceAll("?");
  }

  /**
   * Logs a failure of the SDK.
   *
   * @param what a constant text with the failure and its effect; logged once until {@link
   *     #recovered} is called with this text
   */
  void failed(String what, Throwable cause) {
    if (!isLibraryFault(cause) && failures.isFirst(what)) {
      String message = message(cause);
      keep(what, what + ": " + message);
      LOG.warn("{}: {}. Logged once.", what, message);
    }
  }

  private void keep(String what, String sentence) {
    synchronized (lasting) {
      if (lasting.size() < PlatformStatus.MAX_FAULTS) {
        lasting.put(what, sentence);
      }
    }
  }

  /** Returns the logged faults that have not ended, one sentence each without a full stop. */
  List<String> lasting() {
    synchronized (lasting) {
      return List.copyOf(lasting.values());
    }
  }

  /** Ends an outage. The next failure with this text is logged again. */
  void recovered(String what) {
    if (failures.ended(what)) {
      synchronized (lasting) {
        lasting.remove(what);
      }
    }
  }

  /** Logs that the client failed while it was closed. */
  static void closingFailed(Throwable cause) {
    LOG.warn(
        "The Kameleoon client failed while it was closed, and may have left threads: {}",
        message(cause));
  }

  /** Returns the fault and its causes on one line, without codes and secrets. */
  static String message(Throwable fault) {
    StringBuilder text = new StringBuilder(fault.toString());
    Throwable cause = fault.getCause();
    for (int i = 0; cause != null && i < MAX_CAUSES; i++) {
      // The toString() of an exception without a message already contains the cause.
      if (text.indexOf(cause.toString()) < 0) {
        text.append(", caused by ").append(cause);
      }
      cause = cause.getCause();
    }
    return UNPRINTABLE.matcher(LogBridge.scrub(text.toString())).replaceAll(" ");
  }

  private boolean isLibraryFault(Throwable cause) {
    LinkageError error = LibraryFault.find(cause);
    if (error == null || !libraries.isFirst(error.toString())) {
      return error != null;
    }
    String explanation = LibraryFault.explain(error);
    keep(error.toString(), FULL_STOP.matcher(explanation).replaceFirst(""));
    if (jars == null || !jars.hasNamedJarOf(explanation)) {
      LOG.warn(
          "A library of this application is incompatible with Kameleoon's SDK: visitors get 'off',"
              + " and events are not sent. {} Logged once.",
          explanation);
    }
    return true;
  }

  private synchronized boolean isNew(String key, Reason reason) {
    // Before the first data file, unknown keys have the reason NOT_READY.
    boolean fromOutside = reason == Reason.NOT_FOUND || reason == Reason.NOT_READY;
    FirstOccurrences known = fromOutside ? featuresFromOutside : features;
    if (!known.isFirst(reason + " " + key)) {
      return false;
    }
    if (known.isFull()) {
      LOG.warn(
          "{} features without a decision were logged. Further ones are not logged.",
          fromOutside ? CAPACITY_FROM_OUTSIDE : CAPACITY);
    }
    return true;
  }
}
