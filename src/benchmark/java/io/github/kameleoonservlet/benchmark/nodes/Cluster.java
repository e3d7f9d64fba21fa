package io.github.kameleoonservlet.benchmark.nodes;

import io.github.kameleoonservlet.identity.UserKey;
import io.github.kameleoonservlet.identity.UserKeys;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Two Tomcats with the sample, one PostgreSQL for codes and sessions, and an nginx in front. */
final class Cluster implements AutoCloseable {

  /** How long a node may remember an erased link. */
  static final int CACHE_SECONDS = 5;

  private static final String SECRET = "secret-of-all-nodes";

  private final Database database;
  private final List<NodeProcess> nodes = new ArrayList<>();
  private Nginx nginx;

  private Cluster(Path data) {
    database = new Database(data);
  }

  /**
   * Starts all of it.
   *
   * @param directory for everything
   * @param shop the exploded WAR of the sample
   */
  static Cluster start(Path directory, Path shop, String nginxProgram, String urlEnd, Fault fault)
      throws Exception {
    Cluster cluster = new Cluster(directory.resolve("postgres"));
    try {
      cluster.database.start();
      cluster.database.execute(NodeWebapp.SESSION_TABLE);
      for (int i = 1; i <= 2; i++) {
        cluster.nodes.add(cluster.node(directory.resolve("node-" + i), i, shop, urlEnd, fault));
      }
      for (NodeProcess node : cluster.nodes) {
        node.start();
      }
      for (NodeProcess node : cluster.nodes) {
        node.awaitReady();
      }
      cluster.nginx =
          Nginx.start(nginxProgram, directory.resolve("nginx"), freePort(), cluster.nodes);
      return cluster;
    } catch (Exception | Error e) {
      cluster.close();
      throw e;
    }
  }

  private NodeProcess node(Path directory, int number, Path shop, String urlEnd, Fault fault)
      throws IOException {
    Files.createDirectories(directory);
    boolean other = fault == Fault.SECRET && number == 2;
    NodeWebapp.copy(
        shop,
        directory.resolve("shop"),
        database.url(),
        Map.of(
            "cacheSeconds", "" + CACHE_SECONDS, "userIdSecret", other ? "another-secret" : SECRET));
    String url =
        fault == Fault.STORES && number == 2
            ? "jdbc:h2:file:" + directory.resolve("codes")
            : database.url() + "?user=postgres" + urlEnd;
    return new NodeProcess(directory, freePort(), Map.of("KAMELEOON_JDBC_URL", url));
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  /** The key under which the nodes store a user. */
  static String key(String user) {
    UserKey key = new UserKeys(List.of(), SECRET, null).caller(user).key();
    return Objects.requireNonNull(key).value();
  }

  URI address() {
    return nginx.address();
  }

  List<NodeProcess> nodes() {
    return nodes;
  }

  Database database() {
    return database;
  }

  Database.Links links() throws SQLException {
    return database.links();
  }

  /** Ends all that it started. */
  @Override
  public void close() throws IOException {
    if (nginx != null) {
      nginx.close();
    }
    for (NodeProcess node : nodes) {
      node.close();
    }
    database.close();
  }
}
