package io.github.kameleoonservlet.internal.visitor;

import io.github.kameleoonservlet.VisitorService;
import io.github.kameleoonservlet.identity.RenameResult;
import io.github.kameleoonservlet.identity.VisitorCode;
import io.github.kameleoonservlet.internal.reconcile.Caller;
import io.github.kameleoonservlet.internal.reconcile.UserKeys;
import io.github.kameleoonservlet.internal.reconcile.UserLinks;
import java.util.Optional;

/** The service for administrators, on the links of the store. Thread-safe. */
public final class StoredUsers implements VisitorService {

  private final UserKeys keys;
  private final UserLinks links;

  /**
   * Creates the service.
   *
   * @param keys turns ids into keys
   * @param links the stored links
   */
  public StoredUsers(UserKeys keys, UserLinks links) {
    this.keys = keys;
    this.links = links;
  }

  @Override
  public Optional<String> code(String userId) {
    return links.find(user(userId)).map(VisitorCode::value);
  }

  @Override
  public boolean erase(String userId) {
    return links.erase(user(userId));
  }

  @Override
  public RenameResult rename(String oldUserId, String newUserId) {
    return links.rename(user(oldUserId), user(newUserId));
  }

  private Caller user(String userId) {
    Caller caller = keys.caller(userId);
    if (caller.key() == null) {
      throw new IllegalArgumentException(
          "the id must not be null, blank, one of notUsers, or invalid Unicode");
    }
    return caller;
  }
}
