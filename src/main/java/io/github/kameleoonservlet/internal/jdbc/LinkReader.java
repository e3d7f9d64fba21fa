package io.github.kameleoonservlet.internal.jdbc;

import io.github.kameleoonservlet.identity.UserKey;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the links of users. Thread-safe. */
public interface LinkReader extends AutoCloseable {

  /** The name of the table. */
  String TABLE = "kameleoon_visitor_code";

  /**
   * Prepares for reading. Called each time the store is opened.
   *
   * @throws SQLException if the database does not answer
   */
  void prepare(Connection connection) throws SQLException;

  /**
   * Reads the rows of at most two users, in one statement.
   *
   * @throws SQLException if the database does not answer; a {@code RuntimeException} caused by an
   *     {@code SQLException} means the same
   */
  List<Row> rows(Connection connection, List<UserKey> users) throws SQLException;

  @Override
  void close();

  /** Returns a reader that needs only JDBC. */
  static LinkReader byJdbc() {
    return new LinkReader() {
      @Override
      public void prepare(Connection connection) {
        // Each call prepares its statement.
      }

      @Override
      public List<Row> rows(Connection connection, List<UserKey> users) throws SQLException {
        return LinkTable.rows(connection, users);
      }

      @Override
      public void close() {
        // Holds nothing.
      }
    };
  }

  /**
   * One row of the table.
   *
   * @param code as stored; may be invalid, because another program may have written the table
   * @param userKey null if the user was erased
   */
  record Row(String code, @Nullable String userKey) {}
}
