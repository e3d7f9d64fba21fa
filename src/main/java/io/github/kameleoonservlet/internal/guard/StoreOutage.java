package io.github.kameleoonservlet.internal.guard;

import io.github.kameleoonservlet.identity.DatabaseLoginRefusedException;
import io.github.kameleoonservlet.internal.outage.FirstOccurrences;
import io.github.kameleoonservlet.internal.statistics.StoreCounts;
import io.github.kameleoonservlet.internal.statistics.StoreCounts.Part;
import java.sql.SQLException;
import java.util.StringJoiner;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One kind of outage: the store does not answer, or accepts no links. Logs and counts the beginning
 * and the end of each outage once. Thread-safe.
 */
final class StoreOutage {

  private static final Logger LOG = LoggerFactory.getLogger(GuardedVisitorCodeStore.class);

  private final FirstOccurrences down = new FirstOccurrences();
  private final FirstOccurrences refused = new FirstOccurrences();
  private final StoreCounts counts;
  private final Part part;
  private final String fault;
  private final String consequence;
  private final String end;

  private StoreOutage(StoreCounts counts, Part part, String fault, String consequence, String end) {
    this.counts = counts;
    this.part = part;
    this.fault = fault;
    this.consequence = consequence;
    this.end = end;
  }

  static StoreOutage ofTheStore(StoreCounts counts) {
    return new StoreOutage(
        counts,
        Part.STORE,
        "does not answer",
        "users whose code is not cached are served without a code",
        "answers again");
  }

  static StoreOutage ofLinks(StoreCounts counts) {
    return new StoreOutage(
        counts,
        Part.LINKS,
        "answers, but accepts no links",
        "users without a stored code are served without a code",
        "accepts links again");
  }

  void began(Throwable cause) {
    counts.outageBegan(part, reason(cause));
    if (cause instanceof DatabaseLoginRefusedException) {
      beganByRefusal(cause);
    } else if (down.isFirst()) {
      LOG.warn(
          "The visitor code store {} ({}). During the outage {}.",
          fault,
          reason(cause),
          consequence);
    }
  }

  /** Logs a refusal even during an outage, because a restarted server can refuse the login. */
  private void beganByRefusal(Throwable cause) {
    boolean unused = down.isFirst();
    if (refused.isFirst()) {
      LOG.warn(
          "The database of the visitor code store refuses the login ({}). Check user"
              + " and password. The library tries again after a minute. Until the login"
              + " succeeds, {}.",
          reason(cause),
          consequence);
    }
  }

  void ended() {
    counts.outageEnded(part);
    boolean unused = refused.ended();
    if (down.ended()) {
      LOG.info("The visitor code store {}.", end);
    }
  }

  /**
   * Returns the classes of the causes. Their messages are left out, because messages can contain
   * keys, codes and URLs.
   */
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
