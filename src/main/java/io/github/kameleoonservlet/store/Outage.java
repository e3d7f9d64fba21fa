package io.github.kameleoonservlet.store;

import java.sql.SQLException;
import java.util.StringJoiner;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says once when the store goes down, and once when it is back. Thread-safe. */
final class Outage {

  private static final Logger LOG = LoggerFactory.getLogger(GuardedVisitorCodeStore.class);

  private final AtomicBoolean down = new AtomicBoolean();

  void began(Throwable cause) {
    if (down.compareAndSet(false, true)) {
      LOG.warn(
          "The visitor code store does not answer ({}). Until it does, users whose code is not"
              + " cached are served without one.",
          reason(cause));
    }
  }

  void ended() {
    if (down.compareAndSet(true, false)) {
      LOG.info("The visitor code store answers again.");
    }
  }

  /** Names the causes but not their messages, which quote keys, codes and JDBC URLs. */
  static String reason(Throwable failure) {
    StringJoiner reason = new StringJoiner(", caused by ");
    int depth = 0;
    for (Throwable t = failure; t != null && depth < 8; t = t.getCause(), depth++) {
      String name = t.getClass().getSimpleName();
      reason.add(
          t instanceof SQLException sql
              ? name + " with SQLState " + sql.getSQLState() + " and code " + sql.getErrorCode()
              : name);
    }
    return reason.toString();
  }
}
