package io.github.kameleoonservlet.internal.jdbc;

import java.sql.Connection;
import javax.sql.DataSource;

/** The source of a store's connections. Thread-safe. */
interface Connections extends AutoCloseable {

  /** Returns the data source of the connections. */
  DataSource dataSource();

  /** Drops a broken connection, and all other connections of the same age. */
  void discard(Connection broken);

  @Override
  void close();

  /** The connections of a data source that the application manages. */
  record Given(DataSource dataSource) implements Connections {

    @Override
    public void discard(Connection broken) {
      // The application's pool detects broken connections.
    }

    @Override
    public void close() {
      // The application closes its pool.
    }
  }
}
