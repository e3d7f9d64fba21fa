package io.github.kameleoonservlet.identity;

/** Says whether the visitor lets us remember and measure. */
public enum Consent {
  /** Consent was given, or none is required. */
  GIVEN,
  /** The visitor was not asked, has not answered, or the answer cannot be had. */
  PENDING,
  /** The visitor said no: the cookie goes. */
  REFUSED
}
