package io.github.kameleoonservlet;

import io.github.kameleoonservlet.identity.Caller;
import io.github.kameleoonservlet.identity.StoreUnavailableException;
import io.github.kameleoonservlet.identity.UserKeys;
import io.github.kameleoonservlet.identity.UserLinks;
import io.github.kameleoonservlet.identity.VisitorCode;
import io.github.kameleoonservlet.identity.VisitorCodeStore.RenameResult;
import java.util.Optional;

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
   * Returns the code of a user, for a request to the platform that names it; empty if the user has
   * none.
   *
   * @throws IllegalArgumentException if the id is null, blank, one of {@code notUsers}, or no valid
   *     Unicode
   * @throws StoreUnavailableException if the store cannot answer now
   */
  public Optional<String> code(String userId) {
    return links.find(user(userId)).map(VisitorCode::value);
  }

  /**
   * Erases the link of a user; its code is never linked again. This server forgets the code at
   * once, the others within {@code cacheSeconds}. The user's browsers keep their cookies and are
   * measured under the code while nobody is signed in; the next sign-in links a new code. What the
   * platform has recorded stays there: first read the {@link #code}, then ask the platform for the
   * erasure ({@code POST /visit/forget}).
   *
   * @return whether there was a link
   * @throws IllegalArgumentException if the id is null, blank, one of {@code notUsers}, or no valid
   *     Unicode; a user without a link is no error
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
   * @throws IllegalArgumentException if one of the ids is null, blank, one of {@code notUsers}, or
   *     no valid Unicode
   * @throws StoreUnavailableException when the store cannot say whether the link was moved
   */
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
