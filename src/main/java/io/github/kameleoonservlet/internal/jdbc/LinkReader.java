package io.github.kameleoonservlet.internal.jdbc;

import io.github.kameleoonservlet.identity.UserKey;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A reader of the users' links. {@code internal.jpa} has another implementation. Thread-safe. */
public interface LinkReader extends AutoCloseable {

  /** The name of the table. */
  String TABLE = "kameleoon_visitor_code";

  /**
   * Prepares the reader. The store calls this method at each attempt to open.
   *
   * @throws SQLException if the database does not answer
   */
  void prepare(Connection connection) throws SQLException;

  /**
   * Returns the rows of one or two users, read in one statement; users without a row are missing.
   *
   * @throws SQLException if the database does not answer
   * @throws RuntimeException in the same case, with an {@code SQLException} as cause
   */
  List<Row> rows(Connection connection, List<UserKey> users) throws SQLException;

  @Override
  void close();

  /** Returns a reader that uses JDBC only. */
  static LinkReader byJdbc() {
    return new LinkReader() {
      @Override
      public void prepare(Connection connection) {
        // Each call of rows() prepares a statement.
      }

      @Override
      public List<Row> rows(Connection connection, List<UserKey> users) throws SQLException {
        return LinkTable.rows(connection, users);
      }

      @Override
      public void close() {
        // The reader has no resources.
      }
    };
  }

  /**
   * One row of the table.
   *
   * @param code the stored text; may be invalid, because another program may have written the table
   * @param userKey null if the user was erased
   */
  record Row(String code, @Nullable String userKey) {}
}
