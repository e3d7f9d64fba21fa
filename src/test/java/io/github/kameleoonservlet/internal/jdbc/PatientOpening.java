package io.github.kameleoonservlet.internal.jdbc;

import io.github.kameleoonservlet.identity.StoreUnavailableException;

/** Opens stores with many attempts, because a slow machine may miss the time-out of the first. */
final class PatientOpening {

  private static final int ATTEMPTS = 60;

  private PatientOpening() {}

  static JdbcVisitorCodeStore open(JdbcDatabase database, SchemaMode mode) {
    for (int attempt = 1; ; attempt++) {
      try {
        return JdbcVisitorCodeStore.open(database, mode);
      } catch (StoreUnavailableException e) {
        if (attempt == ATTEMPTS) {
          throw e;
        }
      }
    }
  }
}
