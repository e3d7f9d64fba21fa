package io.github.kameleoonservlet.jpa;

import io.github.kameleoonservlet.identity.VisitorCode;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Tries on a table what the store relies on, in a transaction that its caller rolls back: the
 * longest row, both unique keys, several erased rows, and a comparison byte by byte. The catalogue
 * would not tell: an index of that name may be another schema's, partial, or over more columns.
 */
final class SchemaProbe {

  private final Connection connection;
  private final String random = UUID.randomUUID().toString();
  private final String code = code('a');
  private final String key = random.replace("-", "").repeat(2);
  private final String otherKey = UUID.randomUUID().toString().replace("-", "").repeat(2);

  SchemaProbe(Connection connection) {
    this.connection = connection;
  }

  /**
   * Runs.
   *
   * @throws SchemaException when the table is not what the store needs
   */
  void run() throws SQLException {
    require(insert(code, key), "refuses a code of 100 and a user_key of 64 characters");
    refuse(insert(code, otherKey), "code");
    refuse(insert(code('b'), key), "user_key");
    require(insert(code('c'), null), "refuses an erased row: user_key must be nullable");
    require(insert(code('d'), null), "takes one erased row only: nulls in user_key must not clash");
    findInTheWrongCase();
  }

  private String code(char last) {
    String start = "kameleoon-probe-" + random + "x".repeat(VisitorCode.MAX_LENGTH);
    return start.substring(0, VisitorCode.MAX_LENGTH - 1) + last;
  }

  /** Returns why the database refuses the row, or null when it takes it. */
  private @Nullable SQLException insert(String rowCode, @Nullable String rowKey)
      throws SQLException {
    Savepoint before = connection.setSavepoint();
    try (PreparedStatement insert = connection.prepareStatement(Schema.INSERT)) {
      StoreTransaction.bind(insert, rowCode, rowKey);
      insert.executeUpdate();
      return null;
    } catch (SQLException e) {
      if (Schema.isTransient(e)) {
        throw e;
      }
      connection.rollback(before);
      return e;
    }
  }

  private static void require(@Nullable SQLException refusal, String otherwise) {
    if (refusal != null) {
      throw Schema.wrong("table " + Schema.TABLE + " " + otherwise, refusal);
    }
  }

  private static void refuse(@Nullable SQLException refusal, String column) {
    String state = refusal == null ? null : refusal.getSQLState();
    if (state == null || !state.startsWith("23")) {
      throw Schema.wrong(
          "table " + Schema.TABLE + " has no unique key on " + column + " alone", refusal);
    }
  }

  private void findInTheWrongCase() throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement("select code from " + Schema.TABLE + " where code = ?")) {
      select.setString(1, code.toUpperCase(Locale.ROOT));
      try (ResultSet found = select.executeQuery()) {
        if (found.next()) {
          throw Schema.wrong(
              "column code of table " + Schema.TABLE + " ignores case: give it a binary collation",
              null);
        }
      }
    }
  }
}
