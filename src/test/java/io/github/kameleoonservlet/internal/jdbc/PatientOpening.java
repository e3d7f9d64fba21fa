package io.github.kameleoonservlet.internal.jdbc;

import io.github.kameleoonservlet.identity.StoreUnavailableException;

/** Opens stores with many attempts, because a slow machine may miss the time-out of the first. */
public final class PatientOpening {

  private static final int ATTEMPTS = 60;

  private PatientOpening() {}

  static JdbcVisitorCodeStore open(JdbcDatabase database, SchemaMode mode) {
    return open(database, mode, LinkReader.byJdbc());
  }

  /** Opens a store, see {@link JdbcVisitorCodeStore#open(JdbcDatabase, SchemaMode, LinkReader)}. */
  public static JdbcVisitorCodeStore open(
      JdbcDatabase database, SchemaMode mode, LinkReader reader) {
    for (int attempt = 1; ; attempt++) {
      try {
        return JdbcVisitorCodeStore.open(database, mode, reader);
      } catch (StoreUnavailableException e) {
        if (attempt == ATTEMPTS) {
          throw e;
        }
      }
    }
  }
}
