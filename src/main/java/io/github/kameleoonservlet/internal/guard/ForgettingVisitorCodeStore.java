package io.github.kameleoonservlet.internal.guard;

import io.github.kameleoonservlet.identity.UserKey;
import io.github.kameleoonservlet.identity.VisitorCode;
import io.github.kameleoonservlet.identity.VisitorCodeStore;
import java.util.Optional;

/**
 * Makes a cache forget when an erasure or a renaming really ends, which may be long after the
 * caller gave it up and others have asked again. Stands behind the {@link GuardedVisitorCodeStore},
 * on its threads. Thread-safe.
 */
final class ForgettingVisitorCodeStore implements VisitorCodeStore {

  private final VisitorCodeStore store;
  private final VisitorCodeCache cache;

  /** Takes the store that does the work, closed with this one, and the cache before it. */
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
      // Also after a failure, which does not say whether the link is gone.
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
