package io.github.kameleoonservlet.internal.jdbc;

import java.sql.Connection;

/**
 * A pool of one connection, which keeps the state in which the last user has left the connection.
 */
final class OneConnection extends Decorated {

  private final Connection connection;

  OneConnection(Connection connection) {
    super(null);
    this.connection = connection;
  }

  @Override
  public Connection getConnection() {
    return JdbcProxy.of(
        Connection.class,
        (method, arguments) ->
            method.getName().equals("close") ? null : method.invoke(connection, arguments));
  }
}
