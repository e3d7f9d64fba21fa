package io.github.kameleoonservlet.identity;

/**
 * The fault that a database refuses the login of the store: a wrong password, a locked account. The
 * exception does not concern logins of the application's users.
 *
 * <p>The library logs one WARN at the first refusal, and serves requests as after any {@link
 * StoreUnavailableException}: during the outage it asks the store each second. Frequent logins can
 * lock the account. Therefore the library's own store attempts one login a minute and throws this
 * exception in between. An application's store must limit its logins as well: after a refusal it
 * throws this exception for a minute without connecting.
 *
 * @since 0.1
 */
public final class DatabaseLoginRefusedException extends StoreUnavailableException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates an exception.
   *
   * @param cause the fault of the database, not null
   */
  public DatabaseLoginRefusedException(Throwable cause) {
    super("the database refuses the login", cause);
  }
}
