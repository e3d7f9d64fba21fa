package io.github.kameleoonservlet.internal.guard;

import io.github.kameleoonservlet.identity.RenameResult;
import io.github.kameleoonservlet.identity.UserKey;
import io.github.kameleoonservlet.identity.VisitorCode;
import io.github.kameleoonservlet.identity.VisitorCodeStore;
import io.github.kameleoonservlet.internal.statistics.StoreCounts;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A cache before a store, so that requests of recent users cause no call of the store.
 *
 * <p>An erasure or a renaming on this server takes effect at once, because the {@link
 * ForgettingVisitorCodeStore} behind the store removes the user from the cache. Other servers keep
 * their entry for the cache's time to live. Thread-safe.
 */
final class CachedVisitorCodeStore implements TimeLimitedStore {

  private final VisitorCodeStore store;
  private final Consumer<Duration> preparation;
  private final VisitorCodeCache cache;
  private final StoreCounts counts;

  /**
   * Creates a cached store.
   *
   * @param store the store behind the cache; {@link #close} closes the store
   * @param cache the cache, shared with the {@link ForgettingVisitorCodeStore}
   * @param counts counts the hits of the cache
   */
  CachedVisitorCodeStore(VisitorCodeStore store, VisitorCodeCache cache, StoreCounts counts) {
    this(store, patience -> {}, cache, counts);
  }

  CachedVisitorCodeStore(
      VisitorCodeStore store,
      Consumer<Duration> preparation,
      VisitorCodeCache cache,
      StoreCounts counts) {
    this.counts = counts;
    this.store = store;
    this.preparation = preparation;
    this.cache = cache;
  }

  @Override
  public void firstRequestEnded(Duration patience) {
    preparation.accept(patience);
  }

  @Override
  public Optional<VisitorCode> find(UserKey user) {
    Optional<VisitorCode> remembered = remembered(user);
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
    Optional<VisitorCode> remembered = remembered(user);
    if (remembered.isPresent()) {
      return remembered.map(code -> new Link(user, code));
    }
    long asked = cache.epoch();
    Optional<Link> found = store.find(user, previous);
    found.ifPresent(link -> cache.remember(link.user(), link.code(), asked));
    return found;
  }

  private Optional<VisitorCode> remembered(UserKey user) {
    Optional<VisitorCode> remembered = cache.get(user);
    if (remembered.isPresent()) {
      counts.cacheHit();
    } else {
      counts.cacheMiss();
    }
    return remembered;
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
