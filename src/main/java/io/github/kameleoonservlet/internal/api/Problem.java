package io.github.kameleoonservlet.internal.api;

/**
 * Ends an API call with a problem document (RFC 9457).
 *
 * <p>The texts are constants of this library. They name the error and the allowed values, and
 * repeat nothing of the request.
 */
public final class Problem extends Exception {

  private static final long serialVersionUID = 1L;

  private final int status;
  private final String title;

  /**
   * Takes what the document says.
   *
   * @param status the HTTP status
   * @param title the kind of problem, the same for all of its kind
   * @param detail what is allowed
   */
  public Problem(int status, String title, String detail) {
    // Without a stack trace, because a problem is an answer and not a fault of the library.
    super(detail, null, false, false);
    this.status = status;
    this.title = title;
  }

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
