package io.github.kameleoonservlet.identity;

import io.github.kameleoonservlet.identity.VisitorCodeStore.LinkResult;
import io.github.kameleoonservlet.identity.VisitorCodeStore.RenameResult;
import java.util.Objects;
import java.util.Optional;

/**
 * Finds and changes the links of users, whose rows may still lie under the key of the previous
 * secret. Callers here have a key. Fails with {@link StoreUnavailableException} when the store does
 * not answer. Thread-safe.
 */
public final class UserLinks {

  private final VisitorCodeStore store;

  /** Takes the store. */
  public UserLinks(VisitorCodeStore store) {
    this.store = store;
  }

  /** Returns the code of a user, and moves a row of the previous secret to the present key. */
  public Optional<VisitorCode> find(Caller user) {
    UserKey key = key(user);
    UserKey previous = user.previousKey();
    if (previous == null) {
      return store.find(key);
    }
    Optional<VisitorCodeStore.Link> link = store.find(key, previous);
    if (link.isEmpty() || link.get().user().equals(key)) {
      return link.map(VisitorCodeStore.Link::code);
    }
    // The result does not matter: a request that loses the race to move the row finds the row under
    // the new key.
    store.rename(previous, key);
    return store.find(key);
  }

  /** Links a user; see {@link VisitorCodeStore#link}. */
  LinkResult link(UserKey user, VisitorCode code) {
    return store.link(user, code);
  }

  /** Erases the link of a user; returns whether there was one. */
  public boolean erase(Caller user) {
    UserKey previous = user.previousKey();
    boolean erasedPrevious = previous != null && store.erase(previous);
    return store.erase(key(user)) || erasedPrevious;
  }

  /** Moves the link of one user to another; see {@link VisitorCodeStore#rename}. */
  public RenameResult rename(Caller from, Caller to) {
    // Rows under the previous secret come under the present one first: else they would not be seen.
    if (find(from).isEmpty()) {
      return RenameResult.NO_LINK;
    }
    find(to);
    return store.rename(key(from), key(to));
  }

  private static UserKey key(Caller user) {
    return Objects.requireNonNull(user.key(), "an anonymous caller has no link");
  }
}
