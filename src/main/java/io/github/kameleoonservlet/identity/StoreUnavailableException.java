package io.github.kameleoonservlet.identity;

import org.jspecify.annotations.Nullable;

/**
 * The fault that a store cannot answer now: it is down, slow, closed or not open yet.
 *
 * <p>The library serves the request without a stored code: a signed-in user gets a temporary code,
 * with the outcome {@link Outcome#UNRESOLVED}, and an API call that needs the stored code gets a
 * 503. After three such faults in a row the library logs one WARN and no longer asks the store for
 * requests, until the store answers a probe, which runs each second. A fault that only an
 * administrator can end is a {@link StoreMisconfiguredException}.
 *
 * @since 0.1
 */
public class StoreUnavailableException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates an exception.
   *
   * @param message what happened, without a user, a code or a secret
   */
  public StoreUnavailableException(String message) {
    super(message);
  }

  /**
   * Creates an exception with its cause.
   *
   * @param message what happened, without a user, a code or a secret
   * @param cause the fault, or null if the fault is unknown; the library logs the class of the
   *     fault, but not its message
   */
  public StoreUnavailableException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
