package io.github.kameleoonservlet.internal.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** The special cases of H2's database files. Thread-safe. */
final class H2Files {

  /** H2's error for a statement that only an administrator may run. */
  private static final int ADMIN_RIGHTS_REQUIRED = 90040;

  /** H2's error for an object that the user may not use in this way. */
  private static final int RIGHTS_REQUIRED = 90096;

  /** H2's error for a file that another process has open. */
  private static final int DATABASE_ALREADY_OPEN = 90020;

  private H2Files() {}

  /** Returns whether another process has the file open. */
  static boolean inUse(Throwable fault) {
    for (Throwable t = fault; t != null; t = t.getCause()) {
      if (t instanceof SQLException sql && sql.getErrorCode() == DATABASE_ALREADY_OPEN) {
        return true;
      }
    }
    return false;
  }

  /** Returns whether the database user lacks a right. H2 has no SQLState for this fault. */
  static boolean isMissingRight(SQLException fault) {
    return fault.getErrorCode() == ADMIN_RIGHTS_REQUIRED || fault.getErrorCode() == RIGHTS_REQUIRED;
  }

  /**
   * Writes committed data to the file, before the store acknowledges the commit. Otherwise H2 would
   * write the data half a second later, and a killed process would lose acknowledged data. {@code
   * SET WRITE_DELAY} would have the same effect, but would stay in the application's file. Has no
   * effect on an in-memory database.
   *
   * @return false if the user has not the rights of an administrator; the caller must then not try
   *     again, because H2 writes each attempt to its trace file
   */
  static boolean flush(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("CHECKPOINT SYNC");
      return true;
    } catch (SQLException e) {
      if (e.getErrorCode() != ADMIN_RIGHTS_REQUIRED) {
        throw e;
      }
      return false;
    }
  }
}
