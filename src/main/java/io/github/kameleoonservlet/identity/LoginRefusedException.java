package io.github.kameleoonservlet.identity;

/**
 * The fault that a database refuses the login of the store: a wrong password, a locked account.
 *
 * <p>The library logs one WARN at the first refusal and tries again after a minute, because
 * frequent attempts can lock the account. Requests are served as after any {@link
 * StoreUnavailableException}.
 *
 * @since 0.1
 */
public final class LoginRefusedException extends StoreUnavailableException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates an exception.
   *
   * @param cause the fault of the database
   * @since 0.1
   */
  public LoginRefusedException(Throwable cause) {
    super("the database refuses the login", cause);
  }
}
