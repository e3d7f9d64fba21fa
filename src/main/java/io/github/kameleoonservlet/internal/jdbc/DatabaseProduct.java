package io.github.kameleoonservlet.internal.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The differences between databases; all other SQL is the same. */
enum DatabaseProduct {
  H2("h2.sql", "", ""),
  /** Without the suffix the server's own log would show the code of every lost race. */
  POSTGRESQL("postgresql.sql", "", " on conflict do nothing"),
  /** MySQL as well. Without "ignore" the driver's log would show the code of every lost race. */
  MARIADB("mariadb.sql", "ignore ", ""),
  OTHER(null, "", "");

  /** Lock wait time-out exceeded; record has changed since last read: both without a SQLState. */
  private static final List<Integer> MARIADB_LOST_RACES = List.of(1205, 1020);

  /**
   * H2's database is read-only; server or transaction of MariaDB or MySQL is. PostgreSQL and the
   * standard have the SQLState 25006.
   */
  private static final List<Integer> H2_READ_ONLY = List.of(90097);

  private static final List<Integer> MARIADB_READ_ONLY = List.of(1290, 1792, 1836);

  /** Tables of an extension, such as PostGIS, do not count for Flyway either. */
  private static final String POSTGRESQL_TABLES =
      """
      select 1 from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
      where n.nspname = current_schema() and c.relkind in ('r', 'p', 'f') and not exists (
        select 1 from pg_catalog.pg_depend d
        where d.classid = 'pg_catalog.pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')
      limit 1
      """;

  private final @Nullable String script;
  private final String insert;
  private final String rekey;

  DatabaseProduct(@Nullable String script, String ignore, String insertEnd) {
    this.script = script;
    this.insert =
        "insert %sinto %s (code, user_key, linked_at) values (?,?,?)%s"
            .formatted(ignore, Schema.TABLE, insertEnd);
    this.rekey = "update %s%s set user_key = ? where user_key = ?".formatted(ignore, Schema.TABLE);
  }

  static DatabaseProduct of(Connection connection) throws SQLException {
    return switch (connection.getMetaData().getDatabaseProductName()) {
      case "H2" -> H2;
      case "PostgreSQL" -> POSTGRESQL;
      case "MariaDB", "MySQL" -> MARIADB;
      default -> OTHER;
    };
  }

  /** The resource with the DDL, or null when we ship none. */
  @Nullable String script() {
    return script;
  }

  /**
   * Returns a query for the application's tables in the connection's schema, or null if the
   * driver's catalogue is enough.
   */
  @Nullable String tables() {
    return this == POSTGRESQL ? POSTGRESQL_TABLES : null;
  }

  /**
   * Inserts a row. When a key is taken it does nothing, where the database can say so, and is an
   * error of SQLState 23 elsewhere.
   */
  String insert() {
    return insert;
  }

  /**
   * Gives a row another user. A user who has one already is as above, except that the row counts as
   * changed when it is only found.
   */
  String rekey() {
    return rekey;
  }

  /** Whether a write failed because another one was quicker, so that it is worth a second try. */
  boolean isLostRace(SQLException e) {
    String state = e.getSQLState();
    return isTakenKey(e)
        || (state != null && state.startsWith("40"))
        || (this == MARIADB && MARIADB_LOST_RACES.contains(e.getErrorCode()));
  }

  /** Returns whether a write failed because the database is read-only. */
  boolean isReadOnly(SQLException e) {
    return "25006".equals(e.getSQLState())
        || (this == H2 && H2_READ_ONLY.contains(e.getErrorCode()))
        || (this == MARIADB && MARIADB_READ_ONLY.contains(e.getErrorCode()));
  }

  static boolean isTakenKey(SQLException e) {
    return e.getSQLState() != null && e.getSQLState().startsWith("23");
  }
}
