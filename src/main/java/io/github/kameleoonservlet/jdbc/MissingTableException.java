package io.github.kameleoonservlet.jdbc;

import io.github.kameleoonservlet.identity.StoreUnavailableException;
import java.sql.SQLException;

/**
 * The table is missing, or this user may not read it, and the application is to create it. Try
 * again later. The log shows the name of this class.
 */
final class MissingTableException extends StoreUnavailableException {

  private static final long serialVersionUID = 1L;

  MissingTableException(SQLException cause) {
    super("the table " + Schema.TABLE + " is missing or not accessible", cause);
  }
}
