package io.github.kameleoonservlet.internal.api;

/**
 * The end of an API call with a problem document (RFC 9457). Immutable.
 *
 * <p>The texts name the error and the allowed values, and contain no value of the request.
 */
public final class Problem extends Exception {

  private static final long serialVersionUID = 1L;

  private final int status;
  private final String title;

  /**
   * Creates a problem.
   *
   * @param status the HTTP status
   * @param title the kind of the problem
   * @param detail the fault and the allowed values, as a sentence
   */
  public Problem(int status, String title, String detail) {
    // Without a stack trace, because a problem is an answer and not a fault of the library.
    super(detail, null, false, false);
    this.status = status;
    this.title = title;
  }

  /** Returns the HTTP status. */
  public int status() {
    return status;
  }

  String title() {
    return title;
  }

  String detail() {
    return String.valueOf(getMessage());
  }
}
