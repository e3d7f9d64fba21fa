package io.github.kameleoonservlet.benchmark.nodes;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * A PostgreSQL server on loopback that is stopped and started again, on one port and one directory.
 */
final class Database implements AutoCloseable {

  private final Path data;
  private int port;
  private EmbeddedPostgres server;

  /**
   * The rows of the links.
   *
   * @param codes the code of each user key
   * @param erased the codes of erased users
   */
  record Links(Map<String, String> codes, Set<String> erased) {}

  Database(Path data) {
    this.data = data;
  }

  void start() throws IOException {
    server =
        EmbeddedPostgres.builder()
            .setDataDirectory(data)
            .setCleanDataDirectory(false)
            .setPort(port)
            // By default a killed server loses the last transactions.
            .setServerConfig("synchronous_commit", "on")
            .setServerConfig("logging_collector", "on")
            .setServerConfig("log_filename", "server.log")
            .start();
    port = server.getPort();
  }

  /** Stops the server as an operator does: closes the connections, then the port refuses. */
  void stop() throws IOException {
    server.close();
  }

  int port() {
    return port;
  }

  String url() {
    return "jdbc:postgresql://127.0.0.1:" + port + "/postgres";
  }

  void execute(String sql) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** Reads all links; two rows of one user would be a fault of the database. */
  Links links() throws SQLException {
    Links links = new Links(new HashMap<>(), new HashSet<>());
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery("select user_key, code from kameleoon_visitor_code")) {
      while (rows.next()) {
        if (rows.getString(1) == null) {
          links.erased.add(rows.getString(2));
        } else if (links.codes.put(rows.getString(1), rows.getString(2)) != null) {
          throw new IllegalStateException("two rows of one user");
        }
      }
    }
    return links;
  }

  /** Returns the number of connections that an application has. */
  int connections(String application) throws SQLException {
    try (Connection connection = connect();
        PreparedStatement select =
            connection.prepareStatement(
                "select count(*) from pg_stat_activity where application_name = ?")) {
      select.setString(1, application);
      try (ResultSet count = select.executeQuery()) {
        count.next();
        return count.getInt(1);
      }
    }
  }

  private Connection connect() throws SQLException {
    return DriverManager.getConnection(url(), "postgres", "");
  }

  @Override
  public void close() throws IOException {
    if (server != null) {
      server.close();
    }
  }
}
