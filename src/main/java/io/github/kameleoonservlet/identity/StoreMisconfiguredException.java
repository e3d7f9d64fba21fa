package io.github.kameleoonservlet.identity;

import org.jspecify.annotations.Nullable;

/**
 * The fault that a store cannot work before an administrator changes its set-up: a wrong schema, an
 * unknown database, a missing driver.
 *
 * <p>The library does not try again. It logs the message once at ERROR and stops using the store
 * until the application is restarted. Until then it serves signed-in users without a code, with the
 * outcome {@link Outcome#UNRESOLVED}. A fault that can end by itself is a {@link
 * StoreUnavailableException}.
 *
 * @since 0.1
 */
public class StoreMisconfiguredException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates an exception.
   *
   * @param message what is wrong and what to do; the library logs the message, which must not
   *     contain a user, a code or a secret
   */
  public StoreMisconfiguredException(String message) {
    super(message);
  }

  /**
   * Creates an exception with its cause.
   *
   * @param message what is wrong and what to do; the library logs the message, which must not
   *     contain a user, a code or a secret
   * @param cause the fault, or null if the fault is unknown; the library does not log the fault
   */
  public StoreMisconfiguredException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
