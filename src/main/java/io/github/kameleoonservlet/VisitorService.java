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
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Erases and renames users, for administrators; and runs the decision against the store, for the
 * filter.
 *
 * <p>The filter puts it into the servlet context under {@link #ATTRIBUTE}. Constructor, {@code
 * caller} and {@code resolve} are internal. Thread-safe.
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
        } else {
          Step.Link link = (Step.Link) step;
          step = reconciler.linked(link, store.link(link.user(), link.code()));
        }
      }
    } catch (StoreUnavailableException e) {
      // The store logs its outages itself, once for each.
      return reconciler.unresolved(claims).reconciliation();
    }
  }

  /**
   * Erases the link of a user, for good: its code is never linked again. This server forgets the
   * code at once, the others within {@code cacheSeconds}. What the platform has recorded under the
   * code stays there: ask the platform for its erasure ({@code POST /visit/forget}).
   *
   * @return whether there was a link
   * @throws IllegalArgumentException when the id is no user's
   * @throws StoreUnavailableException when the store cannot say whether the link was erased
   */
  public boolean erase(String userId) {
    Caller user = user(userId);
    UserKey previous = user.previousKey();
    boolean erasedPrevious = previous != null && store.erase(previous);
    return store.erase(requireKey(user)) || erasedPrevious;
  }

  /**
   * Moves the link of a user whose id has changed. The code stays the same.
   *
   * @return {@code RENAMED}; or {@code NO_LINK} when the old id has none; or {@code TARGET_LINKED}
   *     when the new id has a code already, which then stays: erase one of the two first
   * @throws IllegalArgumentException when one of the ids is no user's
   * @throws StoreUnavailableException when the store cannot say whether the link was moved
   */
  public RenameResult rename(String oldUserId, String newUserId) {
    Caller from = user(oldUserId);
    Caller to = user(newUserId);
    // Rows under the previous secret come under the present one first: else they would not be seen.
    if (stored(from).isEmpty()) {
      return RenameResult.NO_LINK;
    }
    stored(to);
    return store.rename(requireKey(from), requireKey(to));
  }

  private Caller user(String userId) {
    Caller caller = keys.caller(userId);
    if (caller.key() == null) {
      throw new IllegalArgumentException("a blank id, or one of notUsers, is no user");
    }
    return caller;
  }

  private static UserKey requireKey(Caller user) {
    return Objects.requireNonNull(user.key());
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
    store.rename(previous, key);
    // Whatever that says: who loses the race to move the row finds it under the new key.
    return store.find(key);
  }
}
