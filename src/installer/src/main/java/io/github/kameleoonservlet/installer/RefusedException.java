package io.github.kameleoonservlet.installer;

import java.util.List;

/**
 * Thrown if the command cannot put the filter into the WAR. The message names what was found, and
 * what the user can do. The command prints the message and writes nothing.
 */
final class RefusedException extends Exception {

  private static final long serialVersionUID = 1L;

  private final List<String> lines;

  RefusedException(String message) {
    this(List.of(message));
  }

  /** Creates an exception with a message of several lines. */
  RefusedException(List<String> lines) {
    super(String.join("\n", lines));
    this.lines = List.copyOf(lines);
  }

  RefusedException(String message, Throwable cause) {
    super(message, cause);
    lines = List.of(message);
  }

  /** Returns the lines of the message. A line break inside of one is a part of the WAR. */
  List<String> lines() {
    return lines;
  }
}
