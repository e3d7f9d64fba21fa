package io.github.kameleoonservlet.internal.guard;

import io.github.kameleoonservlet.identity.UserKey;
import io.github.kameleoonservlet.identity.VisitorCode;
import io.github.kameleoonservlet.identity.VisitorCodeStore;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Answers from a cache where it can, so that a known user costs the store nothing.
 *
 * <p>The {@link ForgettingVisitorCodeStore} behind it sees to it that an erasure or a renaming here
 * is seen here at once; on another server it is seen after the cache's time to live. Thread-safe.
 */
final class CachedVisitorCodeStore implements RequestStore {

  private final VisitorCodeStore store;
  private final Consumer<Duration> preparation;
  private final VisitorCodeCache cache;

  /**
   * Puts a cache before a store.
   *
   * @param store what is asked; closed with this one
   * @param cache what is asked first; shared with the {@link ForgettingVisitorCodeStore}
   */
  CachedVisitorCodeStore(VisitorCodeStore store, VisitorCodeCache cache) {
    this(store, patience -> {}, cache);
  }

  CachedVisitorCodeStore(
      VisitorCodeStore store, Consumer<Duration> preparation, VisitorCodeCache cache) {
    this.store = store;
    this.preparation = preparation;
    this.cache = cache;
  }

  @Override
  public void requestsCome(Duration patience) {
    preparation.accept(patience);
  }

  @Override
  public Optional<VisitorCode> find(UserKey user) {
    Optional<VisitorCode> remembered = cache.get(user);
    if (remembered.isPresent()) {
      return remembered;
    }
    long asked = cache.epoch();
    Optional<VisitorCode> found = store.find(user);
    found.ifPresent(code -> cache.remember(user, code, asked));
    return found;
  }

  @Override
  public Optional<Link> find(UserKey user, UserKey previous) {
    Optional<VisitorCode> remembered = cache.get(user);
    if (remembered.isPresent()) {
      return remembered.map(code -> new Link(user, code));
    }
    long asked = cache.epoch();
    Optional<Link> found = store.find(user, previous);
    found.ifPresent(link -> cache.remember(link.user(), link.code(), asked));
    return found;
  }

  @Override
  public LinkResult link(UserKey user, VisitorCode code) {
    long asked = cache.epoch();
    LinkResult result = store.link(user, code);
    if (result == LinkResult.LINKED) {
      cache.remember(user, code, asked);
    }
    return result;
  }

  @Override
  public boolean erase(UserKey user) {
    return store.erase(user);
  }

  @Override
  public RenameResult rename(UserKey from, UserKey to) {
    return store.rename(from, to);
  }

  @Override
  public void close() {
    cache.clear();
    store.close();
  }
}
