package io.github.kameleoonservlet.jpa;

/** Says what {@link JpaVisitorCodeStore} does about its table when it opens. */
public enum SchemaMode {
  /** Creates the table when it is missing, by the script we ship, then validates it. */
  CREATE,
  /** Checks table, columns, unique keys and that codes compare exactly; changes nothing. */
  VALIDATE,
  /** Does nothing: a wrong schema shows at the first use. */
  NONE
}
