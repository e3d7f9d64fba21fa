package io.github.kameleoonservlet.kameleoon;

import io.github.kameleoonservlet.decision.Reason;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs each feature key that could not be decided once per reason, for the first 1,000 of them.
 * Keys that are not found may come from outside: of these the first 100, which cannot crowd out the
 * others. Thread-safe.
 */
final class OnceLog {

  private static final Logger LOG = LoggerFactory.getLogger(KameleoonDecisionProvider.class);
  private static final int CAPACITY = 1_000;
  private static final int CAPACITY_FROM_OUTSIDE = 100;
  private static final int SHOWN = 100;
  private static final Pattern UNPRINTABLE = Pattern.compile("[^\\x20-\\x7E]");

  private final Set<String> logged = new HashSet<>();
  private final Set<String> loggedFromOutside = new HashSet<>();

  /** Logs a failure, without a visitor code whatever the SDK's message says. */
  void log(String featureKey, Reason reason, @Nullable Throwable cause) {
    String start = featureKey.substring(0, Math.min(SHOWN, featureKey.length()));
    String shown = UNPRINTABLE.matcher(start).replaceAll("?");
    if (!isNew(shown, reason)) {
      return;
    }
    if (reason == Reason.DISABLED) {
      LOG.info("Feature '{}' is {}: visitors get 'off'", shown, reason);
    } else if (cause == null) {
      LOG.warn("Feature '{}' is {}: visitors get 'off'", shown, reason);
    } else {
      String message = LogBridge.scrub(cause.toString());
      LOG.warn("Feature '{}' is {}: visitors get 'off' ({})", shown, reason, message);
    }
  }

  private synchronized boolean isNew(String key, Reason reason) {
    // Any key may be asked for while there is no data file.
    boolean fromOutside = reason == Reason.NOT_FOUND || reason == Reason.NOT_READY;
    Set<String> known = fromOutside ? loggedFromOutside : logged;
    return known.size() < (fromOutside ? CAPACITY_FROM_OUTSIDE : CAPACITY)
        && known.add(reason + " " + key);
  }
}
