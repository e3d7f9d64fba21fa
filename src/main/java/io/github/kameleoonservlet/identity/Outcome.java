package io.github.kameleoonservlet.identity;

/**
 * The way in which a request got its visitor code.
 *
 * @since 0.1
 */
public enum Outcome {
  /** An anonymous visitor without a code got a new one. */
  ISSUED,
  /** The browser's code is the right one and stays. */
  RECOGNIZED,
  /** The stored code of the signed-in user replaced the browser's code. */
  RESTORED,
  /** The signed-in user had no stored code and is now linked to one. */
  LINKED,
  /** The browser's code belongs to another user. The signed-in user got a new one. */
  SEPARATED,
  /** Consent is required and not given. The code ends with the request. */
  WITHHELD,
  /**
   * The code ends with the request, for one of these reasons: the user or the stored code cannot be
   * determined now; the request is not measured; the browser could not send its cookie (a request
   * from another site, HEAD, a prefetch); or the application read a new visitor after the response
   * was committed.
   */
  UNRESOLVED;

  /**
   * Returns whether the code ends with the request. Then the library writes no cookie and no link,
   * sends no event, and every feature is off.
   *
   * @return true for {@link #WITHHELD} and {@link #UNRESOLVED}
   * @since 0.1
   */
  public boolean isRequestOnly() {
    return this == WITHHELD || this == UNRESOLVED;
  }
}
