package io.github.kameleoonservlet.jpa;

import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Holds what differs between databases; everything else is the same SQL for all. */
enum DatabaseProduct {
  H2("h2.sql", ""),
  /** Without the suffix the server's own log would show the code of every lost race. */
  POSTGRESQL("postgresql.sql", " on conflict do nothing"),
  OTHER(null, "");

  private final @Nullable String script;
  private final String insertSuffix;

  DatabaseProduct(@Nullable String script, String insertSuffix) {
    this.script = script;
    this.insertSuffix = insertSuffix;
  }

  static DatabaseProduct of(Connection connection) throws SQLException {
    return switch (connection.getMetaData().getDatabaseProductName()) {
      case "H2" -> H2;
      case "PostgreSQL" -> POSTGRESQL;
      default -> OTHER;
    };
  }

  /** The resource with the DDL, or null when we ship none. */
  @Nullable String script() {
    return script;
  }

  /** What makes an insert that meets a taken key do nothing, where the database can. */
  String insertSuffix() {
    return insertSuffix;
  }
}
