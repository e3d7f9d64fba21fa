package io.github.kameleoonservlet.identity;

/**
 * The fault that a database refuses the login of the store: a wrong password, a locked account. A
 * later attempt may succeed, but frequent attempts can lock the account.
 */
public final class LoginRefusedException extends StoreUnavailableException {

  private static final long serialVersionUID = 1L;

  /** Creates an exception with the database's fault. */
  public LoginRefusedException(Throwable cause) {
    super("the database refuses the login", cause);
  }
}
