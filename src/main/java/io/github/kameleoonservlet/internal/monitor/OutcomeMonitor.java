package io.github.kameleoonservlet.internal.monitor;

import io.github.kameleoonservlet.identity.Outcome;
import io.github.kameleoonservlet.identity.UserKey;
import io.github.kameleoonservlet.identity.VisitorCode;
import io.github.kameleoonservlet.internal.outage.FirstOccurrences;
import io.github.kameleoonservlet.internal.reconcile.Claims;
import io.github.kameleoonservlet.internal.reconcile.Reconciliation;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Observes the outcomes of users' requests, and logs one WARN for each of three mistakes that a
 * single request does not show: one id for many people, an id that changes with each login, a
 * second store on the same host. Keeps keys and codes of the last minutes in bounded memory, and
 * logs neither. Does nothing for a user who presents the right code. Thread-safe.
 */
public final class OutcomeMonitor implements BiConsumer<Claims, Reconciliation> {

  private static final Logger LOG = LoggerFactory.getLogger(OutcomeMonitor.class);

  private final RestoredUsers restored;
  private final FirstSignIns firstSignIns = new FirstSignIns();
  private final FirstOccurrences sharedId = new FirstOccurrences();
  private final FirstOccurrences changingId = new FirstOccurrences();
  private final FirstOccurrences secondStore = new FirstOccurrences();

  /** Creates a monitor. */
  public OutcomeMonitor() {
    this(System::nanoTime);
  }

  /** Creates a monitor with a clock in nanoseconds. */
  OutcomeMonitor(LongSupplier nanoTime) {
    this.restored = new RestoredUsers(nanoTime);
  }

  @Override
  public void accept(Claims claims, Reconciliation answer) {
    UserKey user = claims.caller().key();
    // A passive request gets no cookie, and so its browser returns with the same code.
    if (user == null || claims.passive()) {
      return;
    }
    switch (answer.outcome()) {
      case LINKED, SEPARATED -> {
        restored.owns(user, answer.code());
        signedIn(answer.outcome());
      }
      case RESTORED -> restored(user, answer.code(), claims);
      default -> {
        // The presented code is right, or the code is unknown.
      }
    }
  }

  private void restored(UserKey user, VisitorCode code, Claims claims) {
    restored.owns(user, code);
    List<VisitorCode> presented = claims.presented();
    if (presented.isEmpty()) {
      return;
    }
    // Only the first code of a request counts: an attacker may send two hundred cookies.
    RestoredUsers.Seen seen = restored.see(user, presented.get(0));
    if (seen.first()) {
      signedIn(Outcome.RESTORED);
    }
    if (seen.codes() >= RestoredUsers.MANY_BROWSERS && sharedId.isFirst()) {
      LOG.warn(
          "One user id came from {} browsers within {} minutes, each with a visitor code of its own:"
              + " all of them are one visitor now. The setting userId probably reads an id that many"
              + " people share, of a guest, a tenant or a technical account. Set userId to an id of"
              + " the person, or add the shared id to notUsers. A load test with one user looks the"
              + " same. Logged once.",
          seen.codes(),
          RestoredUsers.WINDOW.toMinutes());
    }
    // An app may send the code of its installation with every call.
    if (claims.announced() == null
        && seen.returns() >= RestoredUsers.MANY_RETURNS
        && secondStore.isFirst()) {
      LOG.warn(
          "The browser of one user came back {} times within {} minutes with the same other visitor"
              + " code, although each response restored the user's code. Another web application on"
              + " this host probably keeps codes in a store of its own, and the two rewrite each"
              + " other's cookie. Give both one store (dataSource, jdbcUrl or persistenceUnit) and the"
              + " same userId and userIdSecret. A web SDK that writes a code of its own looks the same:"
              + " end its pages with <k:tracking/>. Logged once.",
          seen.returns(),
          RestoredUsers.WINDOW.toMinutes());
    }
  }

  private void signedIn(Outcome outcome) {
    int separated = firstSignIns.add(outcome);
    if (separated > 0 && changingId.isFirst()) {
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

  /** Returns how many users are remembered; for tests. */
  long remembered() {
    return restored.remembered();
  }
}
