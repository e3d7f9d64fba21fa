package io.github.kameleoonservlet;

import io.github.kameleoonservlet.identity.Caller;
import io.github.kameleoonservlet.identity.Claims;
import io.github.kameleoonservlet.identity.Reconciler;
import io.github.kameleoonservlet.identity.Reconciliation;
import io.github.kameleoonservlet.identity.Step;
import io.github.kameleoonservlet.identity.StoreUnavailableException;
import io.github.kameleoonservlet.identity.UserKey;
import io.github.kameleoonservlet.identity.UserKeys;
import io.github.kameleoonservlet.identity.VisitorCode;
import io.github.kameleoonservlet.identity.VisitorCodeStore;
import io.github.kameleoonservlet.identity.VisitorCodeStore.RenameResult;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Runs the decision against the store.
 *
 * <p>The filter puts it into the servlet context under {@link #ATTRIBUTE}. Thread-safe.
 */
public final class VisitorService {

  /** The name of the servlet context's attribute that holds the service. */
  public static final String ATTRIBUTE = "kameleoonVisitorService";

  private final VisitorCodeStore store;
  private final Reconciler reconciler;
  private final UserKeys keys;

  /** Takes the parts; for the wiring and for tests. */
  public VisitorService(VisitorCodeStore store, Reconciler reconciler, UserKeys keys) {
    this.store = store;
    this.reconciler = reconciler;
    this.keys = keys;
  }

  /** Says who calls under an id; null and ids that are no users are anonymous. */
  public Caller caller(@Nullable String userId) {
    return keys.caller(userId);
  }

  /**
   * Decides a request's code, and links the user when the decision says so. Never throws because of
   * the store: the answer is then unresolved.
   */
  public Reconciliation resolve(Claims claims) {
    Step step = reconciler.begin(claims);
    try {
      while (true) {
        if (step instanceof Step.Done done) {
          return done.reconciliation();
        } else if (step instanceof Step.Find find) {
          step = reconciler.found(find, stored(find.user()));
        } else if (step instanceof Step.Link link) {
          step = reconciler.linked(link, store.link(link.user(), link.code()));
        }
      }
    } catch (StoreUnavailableException e) {
      // The store logs its outages itself, once for each.
      return reconciler.unresolved(claims).reconciliation();
    }
  }

  private Optional<VisitorCode> stored(Caller user) {
    UserKey key = user.key();
    UserKey previous = user.previousKey();
    if (key == null) {
      return Optional.empty();
    }
    Optional<VisitorCode> code = store.find(key);
    if (code.isPresent() || previous == null) {
      return code;
    }
    // Whoever loses the race to move the row finds it under the new key.
    return store.rename(previous, key) == RenameResult.NO_LINK ? Optional.empty() : store.find(key);
  }
}
