package io.github.kameleoonservlet.internal.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/**
 * Lets nobody wait for ever on a connection: else a network that swallows packets keeps our four
 * threads for hours. What the application has set itself stands.
 */
final class NetworkTimeout {

  static final int SECONDS = 10;

  private NetworkTimeout() {}

  /**
   * The same data source, except that the waiting on its connections is limited until they are
   * closed: then they are as they were, for the next user of the application's pool.
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

  /** Limits the waiting on a connection, where the driver can. Returns whether it did. */
  static boolean limit(Connection connection) {
    try {
      if (connection.getNetworkTimeout() == 0) {
        connection.setNetworkTimeout(Runnable::run, SECONDS * 1000);
        return true;
      }
    } catch (SQLException | RuntimeException | AbstractMethodError e) {
      // Then it is for the URL or the application's pool to say. A broken connection shows soon.
    }
    return false;
  }

  private static void restore(Connection connection) {
    try {
      connection.setNetworkTimeout(Runnable::run, 0);
    } catch (SQLException | RuntimeException e) {
      // It is broken, or closed already.
    }
  }
}
