package io.github.kameleoonservlet.benchmark.nodes;

import io.github.kameleoonservlet.benchmark.nodes.Options.Fault;
import io.github.kameleoonservlet.identity.UserKey;
import io.github.kameleoonservlet.internal.reconcile.UserKeys;
import java.io.IOException;
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

  /** The time for which a node may remember an erased link. */
  static final int CACHE_SECONDS = 5;

  /** The application name of the stores' connections in PostgreSQL. */
  static final String STORES = "stores";

  private static final String SECRET = "secret-of-all-nodes";

  private final Database database;
  private final List<NodeProcess> nodes = new ArrayList<>();
  private PgBouncer pgbouncer;
  private Nginx nginx;

  private Cluster(Path data) {
    database = new Database(data);
  }

  /**
   * Starts database, nodes and nginx.
   *
   * @param directory for all files
   * @param shop the exploded WAR of the sample
   */
  static Cluster start(Path directory, Path shop, Options options) throws Exception {
    Cluster cluster = new Cluster(directory.resolve("postgres"));
    try {
      cluster.startAll(directory, shop, options);
      return cluster;
    } catch (Exception | Error e) {
      cluster.close();
      throw e;
    }
  }

  private void startAll(Path directory, Path shop, Options options) throws Exception {
    database.start();
    database.execute(NodeWebapp.SESSION_TABLE);
    String url = database.url();
    if (!options.pgbouncer().isEmpty()) {
      int port = Ports.free();
      pgbouncer =
          PgBouncer.start(options.pgbouncer(), directory.resolve("pgbouncer"), port, database);
      url = "jdbc:postgresql://127.0.0.1:" + port + "/postgres";
    }
    url += "?user=postgres&ApplicationName=" + STORES + options.jdbcParameters();
    String h2 = "jdbc:h2:file:" + directory.resolve("codes");
    nodes.add(node(directory.resolve("node-1"), shop, url, SECRET));
    nodes.add(
        node(
            directory.resolve("node-2"),
            shop,
            options.fault() == Fault.STORES ? h2 : url,
            options.fault() == Fault.SECRET ? "another-secret" : SECRET));
    for (NodeProcess node : nodes) {
      node.start();
    }
    for (NodeProcess node : nodes) {
      node.awaitReady();
    }
    nginx = Nginx.start(options.nginx(), directory.resolve("nginx"), Ports.free(), nodes);
  }

  private NodeProcess node(Path directory, Path shop, String url, String secret)
      throws IOException {
    Files.createDirectories(directory);
    NodeWebapp.copy(
        shop,
        directory.resolve("shop"),
        database.url(),
        Map.of("cacheSeconds", "" + CACHE_SECONDS, "userIdSecret", secret));
    return new NodeProcess(directory, Ports.free(), Map.of("KAMELEOON_JDBC_URL", url));
  }

  /** Returns the key under which the nodes store a user. */
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

  /** Stops all programs that this instance started. */
  @Override
  public void close() throws IOException {
    if (nginx != null) {
      nginx.close();
    }
    for (NodeProcess node : nodes) {
      node.close();
    }
    if (pgbouncer != null) {
      pgbouncer.close();
    }
    database.close();
  }
}
