package io.github.kameleoonservlet.internal.jdbc;

import io.github.kameleoonservlet.identity.StoreUnavailableException;
import java.sql.SQLException;

/**
 * The fault that the table is missing, or that the database user may not read the table. A later
 * attempt may succeed, because the application may create the table later. The log shows the name
 * of this class.
 */
final class MissingTableException extends StoreUnavailableException {

  private static final long serialVersionUID = 1L;

  MissingTableException(SQLException cause) {
    super("the table " + Schema.TABLE + " is missing or not accessible", cause);
  }
}
