package io.github.kameleoonservlet.internal.config;

/**
 * Says that the setting {@code userId} does not lead to an id. Its message names classes and
 * properties, never a value, so that a log may show it.
 */
public final class UnreadableUserException extends IllegalStateException {

  private static final long serialVersionUID = 1L;

  UnreadableUserException(String message) {
    super(message);
  }

  UnreadableUserException(String message, Throwable cause) {
    super(message, cause);
  }
}
