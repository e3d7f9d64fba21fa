package io.github.kameleoonservlet.internal.jdbc;

import io.github.kameleoonservlet.identity.UserKey;
import io.github.kameleoonservlet.identity.VisitorCode;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Calendar;
import java.util.List;
import java.util.Locale;
import java.util.TimeZone;
import org.jspecify.annotations.Nullable;

/**
 * The SQL of the store on one connection, which commits each statement. No two statements need one
 * transaction, because the unique keys decide each race. Not thread-safe.
 */
final class LinkTable {

  private static final String SELECT = "select code, user_key from " + Schema.TABLE + " where ";
  private static final String OF_ONE = SELECT + "user_key = ?";
  private static final String OF_TWO = SELECT + "user_key in (?, ?)";

  /** A union instead of a condition with "or", for which H2 would read the whole table. */
  private static final String OF_USER_OR_CODE =
      SELECT + "user_key = ? union all " + SELECT + "code = ?";

  private static final String ERASE =
      "update " + Schema.TABLE + " set user_key = null where user_key = ?";

  private final Connection connection;
  private final DatabaseProduct product;

  LinkTable(Connection connection, DatabaseProduct product) {
    this.connection = connection;
    this.product = product;
  }

  /** Returns the rows of one or two users. */
  static List<LinkReader.Row> rows(Connection connection, List<UserKey> users) throws SQLException {
    String[] keys = users.stream().map(UserKey::value).toArray(String[]::new);
    return rows(connection, keys.length == 1 ? OF_ONE : OF_TWO, keys);
  }

  /**
   * Returns the row of the user and the row of the code. If both are one row, the list contains the
   * row twice.
   */
  List<LinkReader.Row> rows(UserKey user, VisitorCode code) throws SQLException {
    return rows(connection, OF_USER_OR_CODE, user.value(), code.value());
  }

  private static List<LinkReader.Row> rows(
      Connection connection, String select, String... parameters) throws SQLException {
    List<LinkReader.Row> rows = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(select)) {
      for (int i = 0; i < parameters.length; i++) {
        statement.setString(i + 1, parameters[i]);
      }
      try (ResultSet found = statement.executeQuery()) {
        while (found.next()) {
          rows.add(new LinkReader.Row(found.getString(1), found.getString(2)));
        }
      }
    }
    return rows;
  }

  /** Inserts a row. Returns false if a race was lost. */
  boolean insert(UserKey user, VisitorCode code) throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(product.insert())) {
      bind(insert, code.value(), user.value());
      return insert.executeUpdate() == 1;
    }
  }

  /** Removes the user from the user's row. Returns whether the user had a row. */
  boolean erase(UserKey user) throws SQLException {
    try (PreparedStatement update = connection.prepareStatement(ERASE)) {
      update.setString(1, user.value());
      return update.executeUpdate() > 0;
    }
  }

  /** Changes the user of a row. Returns false if a race was lost. */
  boolean rekey(UserKey from, UserKey to) throws SQLException {
    try (PreparedStatement update = connection.prepareStatement(product.rekey())) {
      update.setString(1, to.value());
      update.setString(2, from.value());
      // MariaDB and MySQL count a row as changed, even if an ignored error left the row unchanged.
      return update.executeUpdate() == 1 && rows(connection, OF_ONE, from.value()).isEmpty();
    }
  }

  /** Sets the parameters of {@link DatabaseProduct#insert()}. The time is in UTC. */
  static void bind(PreparedStatement insert, String code, @Nullable String userKey)
      throws SQLException {
    bind(insert, code, userKey, Instant.now());
  }

  /**
   * Sets the parameters with a given time. Uses a calendar, because drivers before JDBC 4.2 do not
   * support java.time.
   */
  static void bind(PreparedStatement insert, String code, @Nullable String userKey, Instant time)
      throws SQLException {
    insert.setString(1, code);
    insert.setString(2, userKey);
    insert.setTimestamp(
        3,
        Timestamp.from(time.truncatedTo(ChronoUnit.MILLIS)),
        Calendar.getInstance(TimeZone.getTimeZone("UTC"), Locale.ROOT));
  }
}
