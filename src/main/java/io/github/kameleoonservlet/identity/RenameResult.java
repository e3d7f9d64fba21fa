package io.github.kameleoonservlet.identity;

/**
 * The result of an attempt to move a link: from one user id to another, or from one key to another.
 *
 * @since 0.1
 */
public enum RenameResult {
  /** The new id or key now has the link. */
  RENAMED,
  /** The old id or key has no link. Nothing changed. */
  NO_LINK,
  /** The new id or key already has a link. Nothing changed. */
  TARGET_LINKED
}
