package io.github.kameleoonservlet.internal.reconcile;

import io.github.kameleoonservlet.identity.RenameResult;
import io.github.kameleoonservlet.identity.StoreUnavailableException;
import io.github.kameleoonservlet.identity.UserKey;
import io.github.kameleoonservlet.identity.VisitorCode;
import io.github.kameleoonservlet.identity.VisitorCodeStore;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A store that writes nothing: reads the links of another store, and keeps the links that requests
 * would make in memory. A user of the last 10,000 new ones therefore has, at the next request, the
 * code that the other store would return then. Thread-safe.
 *
 * <p>The other store has no search by code. If a code belongs to a user of the other store, the
 * link to a second user succeeds here, and would fail there.
 */
public final class ObservedStore implements VisitorCodeStore {

  /** The number of links that are kept. */
  static final int CAPACITY = 10_000;

  private final VisitorCodeStore store;
  private final Map<UserKey, VisitorCode> made = new LinkedHashMap<>();
  private final Map<VisitorCode, UserKey> owners = new HashMap<>();

  /** Creates a store that reads another store, which stays open when this store is closed. */
  public ObservedStore(VisitorCodeStore store) {
    this.store = store;
  }

  @Override
  public Optional<VisitorCode> find(UserKey user) {
    // In memory first, so that a new user costs one call of the store, as without the observation.
    return madeFor(user).or(() -> store.find(user));
  }

  @Override
  public Optional<Link> find(UserKey user, UserKey previous) {
    return madeFor(user).map(code -> new Link(user, code)).or(() -> store.find(user, previous));
  }

  private synchronized Optional<VisitorCode> madeFor(UserKey user) {
    return Optional.ofNullable(made.get(user));
  }

  /** Keeps the link in memory. */
  @Override
  public synchronized LinkResult link(UserKey user, VisitorCode code) {
    VisitorCode present = made.get(user);
    if (present != null) {
      return present.equals(code) ? LinkResult.LINKED : LinkResult.USER_LINKED;
    }
    if (owners.putIfAbsent(code, user) != null) {
      return LinkResult.CODE_TAKEN;
    }
    made.put(user, code);
    if (made.size() > CAPACITY) {
      UserKey eldest = made.keySet().iterator().next();
      owners.remove(made.remove(eldest));
    }
    return LinkResult.LINKED;
  }

  /**
   * Refuses the call.
   *
   * @throws StoreUnavailableException always
   */
  @Override
  public boolean erase(UserKey user) {
    throw writesNothing();
  }

  /**
   * Refuses the call, so that a row of the previous secret stays as it is.
   *
   * @throws StoreUnavailableException always
   */
  @Override
  public RenameResult rename(UserKey from, UserKey to) {
    throw writesNothing();
  }

  private static StoreUnavailableException writesNothing() {
    return new StoreUnavailableException("the filter only observes");
  }

  @Override
  public void close() {
    // The other store belongs to the caller.
  }
}
