package io.github.kameleoonservlet.internal.monitor;

import io.github.kameleoonservlet.internal.outage.FirstOccurrences;
import io.github.kameleoonservlet.internal.statistics.WarningCounts;
import io.github.kameleoonservlet.internal.statistics.WarningCounts.Kind;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The WARNs about mistakes in the deployment. Each is logged once, without keys and codes, and
 * counted each time. Thread-safe.
 */
final class UserIdWarnings {

  private static final Logger LOG = LoggerFactory.getLogger(OutcomeMonitor.class);

  private final FirstOccurrences sharedUserId = new FirstOccurrences();
  private final FirstOccurrences changingUserId = new FirstOccurrences();
  private final FirstOccurrences secondStore = new FirstOccurrences();

  private final WarningCounts counts;

  UserIdWarnings(WarningCounts counts) {
    this.counts = counts;
  }

  void sharedUserId(int browsers) {
    counts.detected(Kind.SHARED_USER_ID);
    if (sharedUserId.isFirst()) {
      LOG.warn(
          "One user id came from {} browsers within {} minutes, each with a visitor code of its own:"
              + " all these browsers are one visitor now. The setting userId probably reads an id that many"
              + " people share, of a guest, a tenant or a technical account. Set userId to an id of"
              + " the person, or add the shared id to notUsers. A load test with one user looks the"
              + " same. Logged once.",
          browsers,
          RestoredUsers.WINDOW.toMinutes());
    }
  }

  void changingUserId(int separated) {
    counts.detected(Kind.CHANGING_USER_ID);
    if (changingUserId.isFirst()) {
      LOG.warn(
          "{} of the last {} users who got a visitor code here were new to the store, in a browser"
              + " whose code belongs to another user. The user id probably changes with each login (a"
              + " SAML transient NameID, a session id), and each login makes a new visitor. Set userId"
              + " to an id that never changes, such as a persistent NameID. Where many people share a"
              + " device, set afterSignOut=renew instead. Logged once.",
          separated,
          FirstSignIns.LAST);
    }
  }

  void secondStore(int returns) {
    counts.detected(Kind.SECOND_STORE);
    if (secondStore.isFirst()) {
      LOG.warn(
          "The browser of one user came back {} times within {} minutes with the same other visitor"
              + " code, although each response restored the user's code. Another web application on"
              + " this host probably keeps codes in a store of its own, and the two applications overwrite"
              + " each other's cookie. Configure one store for both (dataSource, jdbcUrl or persistenceUnit) and the"
              + " same userId and userIdSecret. A web SDK that writes a code of its own looks the same:"
              + " end its pages with <k:tracking/>. Logged once.",
          returns,
          RestoredUsers.WINDOW.toMinutes());
    }
  }
}
