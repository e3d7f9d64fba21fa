package io.github.kameleoonservlet.identity;

import org.jspecify.annotations.Nullable;

/**
 * Says that a store cannot be used until somebody changes its set-up: a wrong schema, an unknown
 * database. Trying again is of no use, unlike after a {@link StoreUnavailableException}.
 */
public class UnusableStoreException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Takes a message that is fit for a log: what is wrong and what to do, and no secret. */
  public UnusableStoreException(String message) {
    super(message);
  }

  /** Takes a message that is fit for a log, and what caused it, if known. */
  public UnusableStoreException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
