package io.github.kameleoonservlet.installer;

/**
 * Thrown if the command cannot put the filter into the WAR. The message names what was found, and
 * what the user can do. The command prints the message and writes nothing.
 */
final class RefusedException extends Exception {

  private static final long serialVersionUID = 1L;

  RefusedException(String message) {
    super(message);
  }

  RefusedException(String message, Throwable cause) {
    super(message, cause);
  }
}
