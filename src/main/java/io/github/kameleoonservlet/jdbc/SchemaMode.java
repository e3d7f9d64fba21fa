package io.github.kameleoonservlet.jdbc;

/** What {@link JdbcVisitorCodeStore} does about its table when it opens. */
public enum SchemaMode {
  /**
   * Creates the table when it is missing, by the script in this jar, then validates it. A schema
   * without any table stays empty until the first request comes, because the application's own
   * migration may run after its filters have started, and want an empty schema.
   */
  CREATE,
  /**
   * Checks table, columns, unique keys and that codes compare exactly; changes nothing. While there
   * is no table the database counts as down.
   */
  VALIDATE,
  /**
   * Checks nothing. While there is no table the database counts as down; anything else that is
   * wrong shows at the first use.
   */
  NONE
}
