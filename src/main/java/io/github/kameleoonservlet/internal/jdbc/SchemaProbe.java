package io.github.kameleoonservlet.internal.jdbc;

import io.github.kameleoonservlet.identity.VisitorCode;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A test of the table in a transaction that is rolled back. Tests the features that the store
 * relies on: the longest row, both unique keys, several erased rows, an exact comparison of codes,
 * and the rollback. Metadata would not be sufficient: an index may belong to another schema, be
 * partial, or have more columns.
 */
final class SchemaProbe {

  private final Connection connection;
  private final DatabaseProduct product;
  private final String random = UUID.randomUUID().toString();
  private final String code = code('a');
  private final String key = random.replace("-", "").repeat(2);
  private final String otherKey = UUID.randomUUID().toString().replace("-", "").repeat(2);

  SchemaProbe(Connection connection, DatabaseProduct product) {
    this.connection = connection;
    this.product = product;
  }

  /**
   * Tests the table. The connection must be in auto-commit mode, and is in this mode afterwards.
   *
   * @throws SchemaException if the store cannot use the table
   * @throws SQLException if the database fails; a later attempt may succeed
   */
  void run() throws SQLException {
    SQLException noSavepoint = null;
    boolean kept;
    connection.setAutoCommit(false);
    try {
      tryRows();
    } catch (SQLException e) {
      if (Schema.isTransient(e)) {
        throw e;
      }
      noSavepoint = e;
    } finally {
      connection.rollback();
      connection.setAutoCommit(true);
      kept = isThere(code, key);
      if (kept) {
        removeRows();
      }
    }
    if (kept || noSavepoint != null) {
      throw Schema.wrong(
          "table "
              + Schema.TABLE
              + " does not support transactions: change the engine of the table",
          noSavepoint);
    }
  }

  private void tryRows() throws SQLException {
    require(insert(code, key), "refuses a code of 100 and a user_key of 64 characters");
    refuse(insert(code, otherKey), "code");
    refuse(insert(code('b'), key), "user_key");
    require(insert(code('c'), null), "refuses an erased row: user_key must be nullable");
    require(
        insert(code('d'), null),
        "allows only one erased row: the unique key on user_key must allow several nulls");
    findInTheWrongCase();
  }

  private String code(char last) {
    String start = "kameleoon-probe-" + random + "x".repeat(VisitorCode.MAX_LENGTH);
    return start.substring(0, VisitorCode.MAX_LENGTH - 1) + last;
  }

  /**
   * Inserts a row. Returns the fault if the database refuses or changes the row; otherwise null.
   */
  private @Nullable SQLException insert(String rowCode, @Nullable String rowKey)
      throws SQLException {
    Savepoint before = connection.setSavepoint();
    try (PreparedStatement insert = connection.prepareStatement(product.insert())) {
      LinkTable.bind(insert, rowCode, rowKey);
      if (insert.executeUpdate() == 0) {
        return new SQLException("the key is taken", "23000");
      }
      // MySQL without strict mode shortens values that are too long.
      return isThere(rowCode, rowKey) ? null : new SQLException("the row is changed", "22001");
    } catch (SQLException e) {
      if (Schema.isTransient(e)) {
        throw e;
      }
      connection.rollback(before);
      return e;
    }
  }

  private boolean isThere(String rowCode, @Nullable String rowKey) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement("select user_key from " + Schema.TABLE + " where code = ?")) {
      select.setString(1, rowCode);
      try (ResultSet found = select.executeQuery()) {
        return found.next() && Objects.equals(found.getString(1), rowKey);
      }
    }
  }

  private void removeRows() throws SQLException {
    try (PreparedStatement delete =
        connection.prepareStatement("delete from " + Schema.TABLE + " where code in (?,?,?,?)")) {
      for (int i = 0; i < 4; i++) {
        delete.setString(i + 1, code((char) ('a' + i)));
      }
      delete.executeUpdate();
    }
  }

  private static void require(@Nullable SQLException refusal, String otherwise) {
    if (refusal != null) {
      throw refused(refusal, "table " + Schema.TABLE + " " + otherwise);
    }
  }

  private static void refuse(@Nullable SQLException refusal, String column) {
    String noKey = "table " + Schema.TABLE + " has no unique key on " + column + " alone";
    if (refusal == null) {
      throw Schema.wrong(noKey, null);
    }
    if (!DatabaseProduct.isTakenKey(refusal)) {
      throw refused(refusal, noKey);
    }
  }

  private static SchemaException refused(SQLException refusal, String otherwise) {
    String state = refusal.getSQLState();
    boolean notAllowed =
        H2Files.isMissingRight(refusal) || (state != null && state.startsWith("42"));
    return Schema.wrong(
        (notAllowed
                ? "the database does not let this user insert into table " + Schema.TABLE
                : otherwise)
            + " (SQLState "
            + state
            + ")",
        refusal);
  }

  private void findInTheWrongCase() throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement("select code from " + Schema.TABLE + " where code = ?")) {
      select.setString(1, code.toUpperCase(Locale.ROOT));
      try (ResultSet found = select.executeQuery()) {
        if (found.next()) {
          throw Schema.wrong(
              "column code of table "
                  + Schema.TABLE
                  + " ignores case: change the column to a binary collation",
              null);
        }
      }
    }
  }
}
