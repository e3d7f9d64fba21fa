package io.github.kameleoonservlet.jdbc;

import java.sql.Connection;
import javax.sql.DataSource;

/** Where the connections of a store come from. Thread-safe. */
interface Connections extends AutoCloseable {

  /** The source of connections. */
  DataSource dataSource();

  /** Gives up a broken connection, and those that are as old. */
  void discard(Connection broken);

  @Override
  void close();

  /** Connections of the application, which looks after them itself. */
  record Given(DataSource dataSource) implements Connections {

    @Override
    public void discard(Connection broken) {
      // The application's pool notices it.
    }

    @Override
    public void close() {
      // The application closes its pool.
    }
  }
}
