package io.github.kameleoonservlet.jpa;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** Knows what is peculiar to files of H2. */
final class H2Files {

  /** H2's error for a statement that only an administrator may run. */
  private static final int ADMIN_RIGHTS_REQUIRED = 90040;

  /** H2's error for a file that another process has open. */
  private static final int DATABASE_ALREADY_OPEN = 90020;

  private H2Files() {}

  /** Whether another process has the file open. */
  static boolean inUse(Throwable fault) {
    for (Throwable t = fault; t != null; t = t.getCause()) {
      if (t instanceof SQLException sql && sql.getErrorCode() == DATABASE_ALREADY_OPEN) {
        return true;
      }
    }
    return false;
  }

  /**
   * Makes every commit of the database reach the file before it is acknowledged. H2 waits for half
   * a second otherwise, and a killed process loses what it has acknowledged meanwhile. Without
   * effect on a database in memory, and without the rights of an administrator.
   */
  static void flushEveryCommit(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET WRITE_DELAY 0");
    } catch (SQLException e) {
      if (e.getErrorCode() != ADMIN_RIGHTS_REQUIRED) {
        throw e;
      }
    }
  }
}
