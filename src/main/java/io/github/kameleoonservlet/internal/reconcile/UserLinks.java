package io.github.kameleoonservlet.internal.reconcile;

import io.github.kameleoonservlet.identity.RenameResult;
import io.github.kameleoonservlet.identity.StoreUnavailableException;
import io.github.kameleoonservlet.identity.UserKey;
import io.github.kameleoonservlet.identity.VisitorCode;
import io.github.kameleoonservlet.identity.VisitorCodeStore;
import io.github.kameleoonservlet.identity.VisitorCodeStore.Link;
import io.github.kameleoonservlet.identity.VisitorCodeStore.LinkResult;
import java.util.Objects;
import java.util.Optional;

/**
 * The links of users in the store. The row of a user may still have the key of the previous secret.
 * Every caller must have a key. Every method throws {@link StoreUnavailableException} if the store
 * does not answer. Thread-safe.
 */
public final class UserLinks {

  private final VisitorCodeStore store;

  /** Creates the links of a store. */
  public UserLinks(VisitorCodeStore store) {
    this.store = store;
  }

  /**
   * Returns the code of a user, and moves a row of the previous secret to the present key. If the
   * store refuses to move the row, as a replica does, the code is returned nevertheless, and a
   * later call tries again.
   */
  public Optional<VisitorCode> find(Caller user) {
    Optional<Link> link = link(user);
    if (link.isEmpty() || isUnderPresentKey(link.get(), user)) {
      return link.map(Link::code);
    }
    try {
      return move(user);
    } catch (StoreUnavailableException e) {
      return link.map(Link::code);
    }
  }

  /** Returns the code of a user whose row is under the present key afterwards. */
  private Optional<VisitorCode> findMoved(Caller user) {
    Optional<Link> link = link(user);
    return link.isEmpty() || isUnderPresentKey(link.get(), user)
        ? link.map(Link::code)
        : move(user);
  }

  private Optional<Link> link(Caller user) {
    UserKey key = key(user);
    UserKey previous = user.previousKey();
    return previous == null
        ? store.find(key).map(code -> new Link(key, code))
        : store.find(key, previous);
  }

  private static boolean isUnderPresentKey(Link link, Caller user) {
    return link.user().equals(user.key());
  }

  private Optional<VisitorCode> move(Caller user) {
    // The result does not matter: a request that loses the race to move the row finds the row under
    // the new key.
    store.rename(Objects.requireNonNull(user.previousKey()), key(user));
    return store.find(key(user));
  }

  /** Links a user; see {@link VisitorCodeStore#link}. */
  LinkResult link(UserKey user, VisitorCode code) {
    return store.link(user, code);
  }

  /** Erases the link of a user; returns whether the user had a link. */
  public boolean erase(Caller user) {
    UserKey previous = user.previousKey();
    boolean erasedPrevious = previous != null && store.erase(previous);
    return store.erase(key(user)) || erasedPrevious;
  }

  /** Moves the link of one user to another; see {@link VisitorCodeStore#rename}. */
  public RenameResult rename(Caller from, Caller to) {
    // Moves rows of the previous secret first, because the rename looks for the present key only.
    if (findMoved(from).isEmpty()) {
      return RenameResult.NO_LINK;
    }
    findMoved(to);
    return store.rename(key(from), key(to));
  }

  private static UserKey key(Caller user) {
    return Objects.requireNonNull(user.key(), "an anonymous caller has no link");
  }
}
