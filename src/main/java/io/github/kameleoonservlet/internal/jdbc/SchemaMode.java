package io.github.kameleoonservlet.internal.jdbc;

/** What {@link JdbcVisitorCodeStore} does with its table when it opens. */
public enum SchemaMode {
  /**
   * Creates a missing table by the script in this jar, then validates it. In a schema without
   * tables the store creates its table at the first request, because the application's migration
   * may run after its filters have started, and need an empty schema.
   */
  CREATE,
  /**
   * Checks the table, its columns and unique keys, and that codes compare exactly. Changes nothing.
   * While the table is missing the database counts as down.
   */
  VALIDATE,
  /**
   * Checks nothing. While the table is missing the database counts as down; other mistakes show at
   * the first use.
   */
  NONE
}
