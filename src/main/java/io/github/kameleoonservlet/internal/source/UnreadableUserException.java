package io.github.kameleoonservlet.internal.source;

/**
 * The fault that a property of a path in the settings cannot be read. Every message names classes
 * and properties, never a value, because the library logs the message.
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
