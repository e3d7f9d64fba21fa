package io.github.kameleoonservlet.jpa;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * Lets nobody wait for ever on a connection: else a network that swallows packets keeps our four
 * threads for hours. What the application has set itself stands. Used by one thread.
 */
final class NetworkTimeout {

  static final int SECONDS = 10;

  private final Connection connection;
  private final boolean ours;

  private NetworkTimeout(Connection connection, boolean ours) {
    this.connection = connection;
    this.ours = ours;
  }

  /** Limits the waiting on a connection, where the driver can. */
  static NetworkTimeout limit(Connection connection) {
    try {
      if (connection.getNetworkTimeout() == 0) {
        connection.setNetworkTimeout(Runnable::run, SECONDS * 1000);
        return new NetworkTimeout(connection, true);
      }
    } catch (SQLException | RuntimeException | AbstractMethodError e) {
      // Then it is for the URL or the application's pool to say. A broken connection shows soon.
    }
    return new NetworkTimeout(connection, false);
  }

  /** Makes the connection as it was, before it goes back to the application's pool. */
  void restore() {
    if (ours) {
      try {
        connection.setNetworkTimeout(Runnable::run, 0);
      } catch (SQLException | RuntimeException e) {
        // It is broken.
      }
    }
  }
}
