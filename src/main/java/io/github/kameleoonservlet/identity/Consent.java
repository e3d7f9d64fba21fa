package io.github.kameleoonservlet.identity;

/**
 * The visitor's answer to the question whether the application may recognize and measure the
 * visitor.
 *
 * @since 0.1
 */
public enum Consent {
  /** The visitor agreed, or the application requires no consent. */
  GIVEN,
  /** The visitor has not answered, or the answer cannot be determined. */
  PENDING,
  /** The visitor refused. The library deletes the visitor cookie. */
  REFUSED
}
