package io.github.kameleoonservlet.internal.jdbc;

/** The setting {@code storeSchema}: how {@link JdbcVisitorCodeStore} prepares its table. */
public enum SchemaMode {
  /**
   * Creates a missing table with a script of this jar, and then validates the table. In a schema
   * without tables the store creates the table at the first request, because a migration of the
   * application may run after the start of the filters, and may need an empty schema.
   */
  CREATE,
  /**
   * Checks the table, its columns, its unique keys, and the exact comparison of codes. Changes
   * nothing. While the table is missing, the database counts as down.
   */
  VALIDATE,
  /**
   * Checks nothing. While the table is missing, the database counts as down. Other mistakes fail at
   * the first use.
   */
  NONE
}
