package io.github.kameleoonservlet.internal.source;

/**
 * Thrown when the setting {@code userId} does not lead to an id. The message names classes and
 * properties, never a value, so that a log may show it.
 */
public final class UnreadableUserException extends IllegalStateException {

  private static final long serialVersionUID = 1L;

  /** Creates an exception; the message contains no value. */
  public UnreadableUserException(String message) {
    super(message);
  }

  UnreadableUserException(String message, Throwable cause) {
    super(message, cause);
  }
}
