package io.github.kameleoonservlet.identity;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A store of links between users and visitor codes.
 *
 * <p>Two rules hold at any time and in any race. A user has at most one code. A code belongs to at
 * most one user, permanently: the store never links the code of an erased link again. Codes and
 * keys compare byte by byte.
 *
 * <p>An application can name its own implementation in the setting {@code store}: a public class
 * with a public constructor without parameters. The library creates one instance for each filter,
 * calls it on threads of its own and never on the thread of a request, limits the time that a
 * request waits for it, and caches what it returns. While the store is down, the library calls only
 * {@link #find(UserKey)} with a key that no user has. If the constructor throws, the deployment
 * fails.
 *
 * <p>An implementation is thread-safe and may block. A change that it has confirmed survives a
 * crash of the process, unless its documentation states otherwise. A method that cannot answer
 * throws {@link StoreUnavailableException} and never returns as if there were no link. The library
 * treats null and every other exception in the same way, except {@link
 * StoreMisconfiguredException}, after which it stops using the store until the application is
 * restarted.
 *
 * @since 0.1
 */
public interface VisitorCodeStore extends AutoCloseable {

  /**
   * Returns the code of a user.
   *
   * @param user the user's key, not null
   * @return the code; empty if the user has none; never null
   * @throws StoreUnavailableException if the store cannot answer
   * @throws StoreMisconfiguredException if an administrator must change the store's set-up first
   */
  Optional<VisitorCode> find(UserKey user);

  /**
   * Returns the link of a user that may still be stored under an older key, because the secret of
   * the keys has changed. An own implementation can answer with one query; the library calls this
   * method at the first request of most sessions. The default implementation calls {@link
   * #find(UserKey)} up to three times.
   *
   * @param user the key by the current secret, not null
   * @param previous the key by the previous secret, not null
   * @return the link under {@code user}; otherwise the link under {@code previous}; otherwise empty
   * @throws StoreUnavailableException if the store cannot answer
   * @throws StoreMisconfiguredException if an administrator must change the store's set-up first
   */
  default Optional<Link> find(UserKey user, UserKey previous) {
    return find(user)
        .map(code -> new Link(user, code))
        .or(() -> find(previous).map(code -> new Link(previous, code)))
        // Another request may have moved the link between the two calls.
        .or(() -> find(user).map(code -> new Link(user, code)));
  }

  /**
   * Links a user to a code, atomically and in its own transaction.
   *
   * @param user the user's key, not null
   * @param code the code, not null
   * @return how the attempt ended, never null
   * @throws StoreUnavailableException if the store cannot confirm whether the link was made
   * @throws StoreMisconfiguredException if an administrator must change the store's set-up first
   */
  LinkResult link(UserKey user, VisitorCode code);

  /**
   * Removes the link of a user. Its code stays taken permanently.
   *
   * @param user the user's key, not null
   * @return whether the user had a link
   * @throws StoreUnavailableException if the store cannot confirm whether the link was removed
   * @throws StoreMisconfiguredException if an administrator must change the store's set-up first
   */
  boolean erase(UserKey user);

  /**
   * Moves a link to another key, because the user's id or the secret has changed. A move of a link
   * to its own key changes nothing and returns {@code RENAMED}.
   *
   * @param from the key of the link, not null
   * @param to the new key, not null
   * @return how the attempt ended, never null
   * @throws StoreUnavailableException if the store cannot confirm whether the link was moved
   * @throws StoreMisconfiguredException if an administrator must change the store's set-up first
   */
  RenameResult rename(UserKey from, UserKey to);

  /**
   * Releases the resources of the store. The library can call this method more than once, and while
   * other calls still run: it waits for them for a limited time. Later calls of {@code close()}
   * have no effect.
   *
   * @throws RuntimeException if the store cannot release its resources; the library logs the class
   *     of the exception
   */
  @Override
  void close();

  /**
   * A stored link. Immutable.
   *
   * @param user the key under which the link is stored, never null
   * @param code the user's code, never null
   * @since 0.1
   */
  record Link(UserKey user, VisitorCode code) {

    /**
     * Compares user and code.
     *
     * <p>Written by hand for the reason that {@link UserKey#equals} names.
     */
    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Link link && user.equals(link.user) && code.equals(link.code);
    }

    @Override
    public int hashCode() {
      return 31 * user.hashCode() + code.hashCode();
    }

    /** Returns a text without key and code. */
    @Override
    public String toString() {
      return "Link[hidden]";
    }
  }

  /**
   * The result of an attempt to link.
   *
   * @since 0.1
   */
  enum LinkResult {
    /** The user has the code now, or had it before. */
    LINKED,
    /** The user has another code, and keeps it. */
    USER_LINKED,
    /** The code belongs to another user, or belonged to any user before, including this one. */
    CODE_TAKEN
  }
}
