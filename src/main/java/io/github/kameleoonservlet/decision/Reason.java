package io.github.kameleoonservlet.decision;

/**
 * Says why a visitor has a variation.
 *
 * @since 0.1
 */
public enum Reason {
  /** A rule of the feature assigned it. */
  ASSIGNED,
  /** No rule reached the visitor: it is the feature's default. */
  DEFAULT,
  /** There is no feature of that key. */
  NOT_FOUND,
  /** The feature is switched off in this environment. */
  DISABLED,
  /** The data file has not arrived yet. */
  NOT_READY,
  /** Consent is required and not given. */
  WITHHELD,
  /** It cannot be said now who the visitor is, or the request is over. */
  UNRESOLVED,
  /** The SDK failed; see the log. */
  ERROR
}
