package io.github.kameleoonservlet.identity;

import org.jspecify.annotations.Nullable;

/** Says that the store could not answer: it is down, slow, closed or not there yet. */
public class StoreUnavailableException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Takes a message that names neither user nor code. */
  public StoreUnavailableException(String message) {
    super(message);
  }

  /** Takes a message that names neither user nor code, and what caused it, if known. */
  public StoreUnavailableException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
