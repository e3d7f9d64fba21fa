package io.github.kameleoonservlet;

import io.github.kameleoonservlet.identity.Caller;
import io.github.kameleoonservlet.identity.StoreUnavailableException;
import io.github.kameleoonservlet.identity.UserKeys;
import io.github.kameleoonservlet.identity.UserLinks;
import io.github.kameleoonservlet.identity.VisitorCodeStore.RenameResult;

/**
 * Erases and renames users, for administrators.
 *
 * <p>The filter puts it into the servlet context under {@link #ATTRIBUTE}. Calls take as long as
 * the store, {@code storeTimeoutMillis} at most for each of its answers. Thread-safe.
 */
public final class VisitorService {

  /** The name of the servlet context's attribute that holds the service. */
  public static final String ATTRIBUTE = "kameleoonVisitorService";

  private final UserKeys keys;
  private final UserLinks links;

  /** Takes the parts; for the wiring and for tests. */
  public VisitorService(UserKeys keys, UserLinks links) {
    this.keys = keys;
    this.links = links;
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
    return links.erase(user(userId));
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
    return links.rename(user(oldUserId), user(newUserId));
  }

  private Caller user(String userId) {
    Caller caller = keys.caller(userId);
    if (caller.key() == null) {
      throw new IllegalArgumentException("a blank id, or one of notUsers, is no user");
    }
    return caller;
  }
}
