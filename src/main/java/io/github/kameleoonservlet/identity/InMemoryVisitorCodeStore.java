package io.github.kameleoonservlet.identity;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A store for tests and demonstrations, which keeps the links in memory. A restart loses the links,
 * and servers do not share them. Thread-safe; no method throws {@link StoreUnavailableException}.
 *
 * @since 0.1
 */
public final class InMemoryVisitorCodeStore implements VisitorCodeStore {

  private final Map<UserKey, VisitorCode> links = new HashMap<>();
  private final Set<VisitorCode> taken = new HashSet<>();

  /** Creates an empty store. */
  public InMemoryVisitorCodeStore() {}

  @Override
  public synchronized Optional<VisitorCode> find(UserKey user) {
    return Optional.ofNullable(links.get(user));
  }

  @Override
  public synchronized LinkResult link(UserKey user, VisitorCode code) {
    VisitorCode present = links.get(user);
    if (present != null) {
      return present.equals(code) ? LinkResult.LINKED : LinkResult.USER_LINKED;
    }
    if (!taken.add(code)) {
      return LinkResult.CODE_TAKEN;
    }
    links.put(user, code);
    return LinkResult.LINKED;
  }

  @Override
  public synchronized boolean erase(UserKey user) {
    return links.remove(user) != null;
  }

  @Override
  public synchronized RenameResult rename(UserKey from, UserKey to) {
    if (!links.containsKey(from)) {
      return RenameResult.NO_LINK;
    }
    if (links.containsKey(to)) {
      return from.equals(to) ? RenameResult.RENAMED : RenameResult.TARGET_LINKED;
    }
    links.put(to, links.remove(from));
    return RenameResult.RENAMED;
  }

  @Override
  public void close() {
    // Holds no resources.
  }
}
