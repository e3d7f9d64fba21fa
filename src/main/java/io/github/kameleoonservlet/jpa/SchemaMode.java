package io.github.kameleoonservlet.jpa;

/** Says what {@link JpaVisitorCodeStore} does about its table when it opens. */
public enum SchemaMode {
  /** Creates the table when it is missing, by the script we ship, then validates it. */
  CREATE,
  /** Checks table, columns, unique keys and that codes compare exactly; changes nothing. */
  VALIDATE,
  /**
   * Checks nothing. While there is no table the database counts as down, since the application may
   * be about to create it; anything else that is wrong shows at the first use.
   */
  NONE
}
