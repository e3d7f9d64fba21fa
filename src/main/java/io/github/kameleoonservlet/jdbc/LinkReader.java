package io.github.kameleoonservlet.jdbc;

import io.github.kameleoonservlet.identity.UserKey;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A way to read the links of users. Thread-safe. */
public interface LinkReader extends AutoCloseable {

  /** The name of the table. */
  String TABLE = "kameleoon_visitor_code";

  /**
   * Prepares for reading, each time the store is opened.
   *
   * @throws SQLException when the database does not answer
   */
  void prepare(Connection connection) throws SQLException;

  /**
   * Reads the rows of at most two users, in one statement.
   *
   * @throws SQLException when the database does not answer; a {@code RuntimeException} caused by
   *     one means the same
   */
  List<Row> rows(Connection connection, List<UserKey> users) throws SQLException;

  @Override
  void close();

  /** The reader that needs nothing but JDBC. */
  static LinkReader byJdbc() {
    return new LinkReader() {
      @Override
      public void prepare(Connection connection) {
        // Statements are prepared when they are used.
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
   * @param code as it was written; somebody else may have filled the table
   * @param userKey null when the user was erased
   */
  record Row(String code, @Nullable String userKey) {}
}
