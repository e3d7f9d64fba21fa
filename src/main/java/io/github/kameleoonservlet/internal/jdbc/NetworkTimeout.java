package io.github.kameleoonservlet.internal.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/**
 * The limit for the time that a connection waits for the network. Without a limit, a network that
 * drops packets would block the store's four threads for hours. A limit that the application has
 * set is not changed. Thread-safe.
 */
final class NetworkTimeout {

  /** The limit in seconds. */
  static final int SECONDS = 10;

  private NetworkTimeout() {}

  /**
   * Returns a wrapper that limits the time on each connection until the connection is closed.
   * Closing removes the limit, so that the next user of the application's pool gets an unchanged
   * connection.
   */
  static DataSource whileOpen(DataSource dataSource) {
    return JdbcProxy.of(
        DataSource.class,
        (method, arguments) -> {
          Object answer = method.invoke(dataSource, arguments);
          return answer instanceof Connection connection && limit(connection)
              ? untilClosed(connection)
              : answer;
        });
  }

  private static Connection untilClosed(Connection connection) {
    return JdbcProxy.of(
        Connection.class,
        (method, arguments) -> {
          if (method.getName().equals("close")) {
            restore(connection);
          }
          return method.invoke(connection, arguments);
        });
  }

  /**
   * Sets the limit, if the driver supports limits and none is set. Returns whether the limit was
   * set.
   */
  static boolean limit(Connection connection) {
    try {
      if (connection.getNetworkTimeout() == 0) {
        connection.setNetworkTimeout(Runnable::run, SECONDS * 1000);
        return true;
      }
    } catch (SQLException | RuntimeException | AbstractMethodError e) {
      // The driver supports no limit, so that the limits of the URL or of the application's pool
      // apply. If the connection is broken, the next statement fails.
    }
    return false;
  }

  private static void restore(Connection connection) {
    try {
      connection.setNetworkTimeout(Runnable::run, 0);
    } catch (SQLException | RuntimeException e) {
      // The connection is broken or already closed.
    }
  }
}
