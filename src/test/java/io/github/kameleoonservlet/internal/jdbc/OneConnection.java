package io.github.kameleoonservlet.internal.jdbc;

import java.sql.Connection;

/** Is a pool of one connection, which it hands out as the last user has left it. */
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
