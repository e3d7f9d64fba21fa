package io.github.kameleoonservlet.identity;

import java.util.Optional;

/**
 * Keeps which user has which visitor code.
 *
 * <p>Two rules hold at every moment and against every race: a user has at most one code, and a code
 * belongs to at most one user, for ever: the code of an erased link is never linked again. Codes
 * and keys compare byte by byte.
 *
 * <p>An application names one of its own in the setting {@code store}: a public class with a public
 * constructor without parameters, made once for each filter. It is called on threads of the
 * library's, never within a request; it may block, and stands behind a time-out and a cache. While
 * it is down no request asks it, only a probe of ours, for a key that no user has.
 *
 * <p>Implementations are thread-safe. What they have acknowledged survives a crash of the process,
 * unless they say otherwise. A method that cannot answer throws {@link StoreUnavailableException};
 * it never answers as if there were no link. Every other exception, and null, counts as that one;
 * {@link UnusableStoreException} stops the store until the restart. A constructor that throws fails
 * the deployment.
 */
public interface VisitorCodeStore extends AutoCloseable {

  /**
   * Finds the code of a user.
   *
   * @return the code, or empty when the user has none
   * @throws StoreUnavailableException when the store cannot answer
   */
  Optional<VisitorCode> find(UserKey user);

  /**
   * Finds the link of a user that may still be stored under an older key, because the secret of the
   * keys has changed. One call, because it runs at the first request of most sessions. The default
   * implementation calls {@link #find(UserKey)} up to three times.
   *
   * @return the link under {@code user}, otherwise the one under {@code previous}, otherwise empty
   * @throws StoreUnavailableException if the store cannot answer
   */
  default Optional<Link> find(UserKey user, UserKey previous) {
    return find(user)
        .map(code -> new Link(user, code))
        .or(() -> find(previous).map(code -> new Link(previous, code)))
        // Another request may have moved the link between the two calls.
        .or(() -> find(user).map(code -> new Link(user, code)));
  }

  /**
   * Links a user to a code, atomically and in a transaction of its own.
   *
   * @throws StoreUnavailableException when the store cannot say whether the link was made
   */
  LinkResult link(UserKey user, VisitorCode code);

  /**
   * Removes the link of a user. Its code stays taken for ever.
   *
   * @return whether there was a link
   * @throws StoreUnavailableException when the store cannot say whether the link was removed
   */
  boolean erase(UserKey user);

  /**
   * Moves the link of one user to another key, because the user's id or the secret changed. From a
   * key to itself it changes nothing.
   *
   * @throws StoreUnavailableException when the store cannot say whether the link was moved
   */
  RenameResult rename(UserKey from, UserKey to);

  /** Releases what the store holds. May be called more than once. */
  @Override
  void close();

  /**
   * A stored link.
   *
   * @param user the key of the stored row
   * @param code the user's code
   */
  record Link(UserKey user, VisitorCode code) {}

  /** How an attempt to link ended. */
  enum LinkResult {
    /** The user has the code now. Also when this very link already stood. */
    LINKED,
    /** The user has another code, and keeps it. */
    USER_LINKED,
    /** The code belongs to another user, or belonged to any user, this one included. */
    CODE_TAKEN
  }

  /** How an attempt to rename ended. */
  enum RenameResult {
    /** The link now belongs to the new key. */
    RENAMED,
    /** The old key has no link; nothing changed. */
    NO_LINK,
    /** The new key has a link of its own; nothing changed. */
    TARGET_LINKED
  }
}
