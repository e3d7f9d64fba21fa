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
  /** The signed-in user has a stored code, and the browser sent another code or none. */
  RESTORED,
  /** The signed-in user had no stored code and is now linked to one. */
  LINKED,
  /**
   * The signed-in user had no stored code and got a new one, because the browser's code belongs to
   * another user, or belonged to a link that was erased.
   */
  SEPARATED,
  /** Consent is required and not given. The code ends with the request. */
  WITHHELD,
  /**
   * The code ends with the request, for one of these reasons:
   *
   * <ul>
   *   <li>The user cannot be determined, or the store does not answer in time.
   *   <li>The request is not measured.
   *   <li>The filter only observes (setting {@code mode=observe}).
   *   <li>The request is passive, and the library would have to issue a code or link a user.
   *       Passive requests are HEAD, OPTIONS and TRACE, prefetches, paths of the setting {@code
   *       exclude}, and requests from another site that are no top-level GET. If a passive request
   *       brings the code of an anonymous visitor, or if its user has a stored code, the outcome is
   *       {@link #RECOGNIZED} or {@link #RESTORED}.
   *   <li>The application read a new visitor after the response was committed, or after the
   *       request.
   * </ul>
   */
  UNRESOLVED;

  /**
   * Returns whether the code ends with the request. Then the library writes no cookie and no link,
   * sends no event, and every feature is off.
   *
   * @return true for {@link #WITHHELD} and {@link #UNRESOLVED}
   */
  public boolean isRequestOnly() {
    return this == WITHHELD || this == UNRESOLVED;
  }
}
