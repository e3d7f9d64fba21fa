package io.github.kameleoonservlet.internal.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The differences between databases. All other SQL of the store is the same for all databases. */
enum DatabaseProduct {
  H2("h2.sql", "", ""),
  /** With the suffix, the server's log does not show the visitor code of each lost race. */
  POSTGRESQL("postgresql.sql", "", " on conflict do nothing"),
  /** MariaDB or MySQL. With "ignore", the driver's log does not show the code of each lost race. */
  MARIADB("mariadb.sql", "ignore ", ""),
  OTHER(null, "", "");

  /** Lock wait time-out (1205) and changed record (1020). Both errors have no SQLState. */
  private static final List<Integer> MARIADB_LOST_RACES = List.of(1205, 1020);

  /**
   * The error codes for a read-only database of H2. PostgreSQL and the SQL standard use SQLState
   * 25006.
   */
  private static final List<Integer> H2_READ_ONLY = List.of(90097);

  /** The error codes for a read-only server or transaction of MariaDB and MySQL. */
  private static final List<Integer> MARIADB_READ_ONLY = List.of(1290, 1792, 1836);

  /**
   * Finds tables of the application. Tables of extensions such as PostGIS do not count, as in
   * Flyway.
   */
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

  /**
   * Returns the name of the resource with the DDL; null if the jar contains no DDL for the
   * database.
   */
  @Nullable String script() {
    return script;
  }

  /**
   * Returns a query for the application's tables in the connection's schema; null if the driver's
   * metadata are sufficient.
   */
  @Nullable String tables() {
    return this == POSTGRESQL ? POSTGRESQL_TABLES : null;
  }

  /**
   * Returns the statement that inserts a row. If a key exists already, the statement changes no row
   * on PostgreSQL, MariaDB and MySQL, and fails with SQLState 23 on other databases.
   */
  String insert() {
    return insert;
  }

  /**
   * Returns the statement that changes the user of a row. If the new user has a row already, the
   * statement fails with SQLState 23; MariaDB and MySQL instead leave the row unchanged, but count
   * it as changed.
   */
  String rekey() {
    return rekey;
  }

  /**
   * Returns whether a write failed because of a concurrent write, so that another attempt can
   * succeed.
   */
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
