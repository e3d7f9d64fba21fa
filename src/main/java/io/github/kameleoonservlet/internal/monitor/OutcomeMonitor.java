package io.github.kameleoonservlet.internal.monitor;

import io.github.kameleoonservlet.identity.Outcome;
import io.github.kameleoonservlet.identity.UserKey;
import io.github.kameleoonservlet.identity.VisitorCode;
import io.github.kameleoonservlet.internal.reconcile.Claims;
import io.github.kameleoonservlet.internal.reconcile.Reconciliation;
import io.github.kameleoonservlet.internal.statistics.WarningCounts;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;

/**
 * An observer of the outcomes of users' requests. Detects three mistakes that a single request does
 * not show: one id for many people, an id that changes with each login, a second store on the same
 * host. Keeps keys and codes of the last minutes in bounded memory. Does nothing for a user who
 * presents the right code. Thread-safe.
 */
public final class OutcomeMonitor implements BiConsumer<Claims, Reconciliation> {

  private final RestoredUsers restored;
  private final FirstSignIns firstSignIns = new FirstSignIns();
  private final UserIdWarnings warnings;
  private final boolean observes;

  /**
   * Creates a monitor.
   *
   * @param counts counts each detection
   * @param observes whether the filter only observes. No response then corrects the cookie of a
   *     user's browser, so the monitor detects no second store
   */
  public OutcomeMonitor(WarningCounts counts, boolean observes) {
    this(counts, observes, System::nanoTime);
  }

  /** Creates a monitor with a clock in nanoseconds. */
  OutcomeMonitor(WarningCounts counts, boolean observes, LongSupplier nanoTime) {
    this.observes = observes;
    this.warnings = new UserIdWarnings(counts);
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
    if (seen.codes() >= RestoredUsers.MANY_BROWSERS) {
      warnings.sharedUserId(seen.codes());
    }
    // An app may send the code of its installation with every call.
    if (!observes && claims.announced() == null && seen.returns() >= RestoredUsers.MANY_RETURNS) {
      warnings.secondStore(seen.returns());
    }
  }

  private void signedIn(Outcome outcome) {
    int separated = firstSignIns.add(outcome);
    if (separated > 0) {
      warnings.changingUserId(separated);
    }
  }

  /** Returns how many users are remembered; for tests. */
  long remembered() {
    return restored.remembered();
  }
}
