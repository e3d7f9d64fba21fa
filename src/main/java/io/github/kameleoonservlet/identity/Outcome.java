package io.github.kameleoonservlet.identity;

/** Says how a request came by its visitor code. */
public enum Outcome {
  /** An anonymous visitor without a code got a new one. */
  ISSUED,
  /** The visitor brought the right code. */
  RECOGNIZED,
  /** The user's stored code replaced what the browser brought. */
  RESTORED,
  /** The user had no code and is now linked to one. */
  LINKED,
  /** The code that the user brought is somebody else's: the user got a new one. */
  SEPARATED,
  /** Consent is required and not given: the code ends with the request. */
  WITHHELD,
  /**
   * The user or the code cannot be determined now; the request is not measured; the browser could
   * not present its code (a request from another site, HEAD, a prefetch); or a new visitor was read
   * after the response was committed. The code ends with the request.
   */
  UNRESOLVED;

  /** Whether the code ends with the request: no cookie, no link, every feature off, no events. */
  public boolean isRequestOnly() {
    return this == WITHHELD || this == UNRESOLVED;
  }
}
