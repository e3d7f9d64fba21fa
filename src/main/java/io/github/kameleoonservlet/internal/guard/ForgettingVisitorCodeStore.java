package io.github.kameleoonservlet.internal.guard;

import io.github.kameleoonservlet.identity.RenameResult;
import io.github.kameleoonservlet.identity.UserKey;
import io.github.kameleoonservlet.identity.VisitorCode;
import io.github.kameleoonservlet.identity.VisitorCodeStore;
import java.util.Optional;

/**
 * A store that removes a user from the cache when an erasure or a renaming ends. The end may come
 * long after the caller has given up, and after other requests have filled the cache again. Runs
 * behind the {@link GuardedVisitorCodeStore}, on its threads. Thread-safe.
 */
final class ForgettingVisitorCodeStore implements VisitorCodeStore {

  private final VisitorCodeStore store;
  private final VisitorCodeCache cache;

  /**
   * Creates the layer.
   *
   * @param store the store; {@link #close} closes the store
   * @param cache the cache before the guard
   */
  ForgettingVisitorCodeStore(VisitorCodeStore store, VisitorCodeCache cache) {
    this.store = store;
    this.cache = cache;
  }

  @Override
  public Optional<VisitorCode> find(UserKey user) {
    return store.find(user);
  }

  @Override
  public Optional<Link> find(UserKey user, UserKey previous) {
    return store.find(user, previous);
  }

  @Override
  public LinkResult link(UserKey user, VisitorCode code) {
    return store.link(user, code);
  }

  @Override
  public boolean erase(UserKey user) {
    try {
      return store.erase(user);
    } finally {
      // After a failure as well, because the database may have erased the link before the failure.
      cache.forget(user);
    }
  }

  @Override
  public RenameResult rename(UserKey from, UserKey to) {
    RenameResult result = null;
    try {
      result = store.rename(from, to);
      return result;
    } finally {
      if (result != RenameResult.NO_LINK) {
        cache.forget(from);
        cache.forget(to);
      }
    }
  }

  @Override
  public void close() {
    store.close();
  }
}
