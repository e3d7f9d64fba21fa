package io.github.kameleoonservlet.benchmark.scale;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.kameleoonservlet.internal.jdbc.JdbcDatabase;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;
import org.postgresql.PGConnection;

/**
 * A PostgreSQL server with a database for each set. The server has more memory for loading than
 * later.
 */
final class PostgresAtScale extends ScaleDatabase {

  /** A third more than table and indexes occupy. */
  private static final long BYTES_FOR_EACH_LINK = 400;

  private final Path directory;
  private EmbeddedPostgres server;

  /** Starts a server for loading. */
  PostgresAtScale(Path directory) throws IOException {
    this.directory = directory;
    // The files must be complete only when this server has stopped.
    server = start("2GB", "off");
  }

  private EmbeddedPostgres start(String memory, String durable) throws IOException {
    return EmbeddedPostgres.builder()
        .setDataDirectory(directory.resolve("postgresql").toAbsolutePath())
        .setCleanDataDirectory(false)
        .setServerConfig("shared_buffers", memory)
        .setServerConfig("max_wal_size", "2GB")
        .setServerConfig("fsync", durable)
        .setServerConfig("full_page_writes", durable)
        .setServerConfig("synchronous_commit", durable)
        .start();
  }

  @Override
  String product() throws SQLException {
    try (Connection connection = connect("postgres")) {
      return "PostgreSQL " + value(connection, "show server_version");
    }
  }

  @Override
  JdbcDatabase open(String set) {
    return JdbcDatabase.of(url(set), user(), null, null);
  }

  @Override
  String url(String set) {
    return "jdbc:postgresql://127.0.0.1:" + server.getPort() + "/" + set;
  }

  @Override
  String user() {
    return "postgres";
  }

  @Override
  Connection connect(String set) throws SQLException {
    return DriverManager.getConnection(url(set), user(), null);
  }

  @Override
  void fill(String set, Path csv) throws SQLException, IOException {
    try (Connection connection = connect(set);
        Statement statement = connection.createStatement();
        Reader rows = Files.newBufferedReader(csv, UTF_8)) {
      statement.execute("create unlogged table legacy_codes (user_id text, visitor_code text)");
      connection
          .unwrap(PGConnection.class)
          .getCopyAPI()
          .copyIn("copy legacy_codes from stdin (format csv, header)", rows);
      statement.execute(script("load-postgresql.sql"));
      statement.execute("drop table legacy_codes");
      statement.execute("vacuum " + TABLE);
    }
  }

  @Override
  void create(String set) throws SQLException {
    try (Connection connection = connect("postgres");
        Statement statement = connection.createStatement()) {
      statement.execute("create database " + set);
    }
  }

  @Override
  void stop() throws SQLException, IOException {
    try (Connection connection = connect("postgres");
        Statement statement = connection.createStatement()) {
      // Without a checkpoint the stop would write the loaded rows, and exceed its time-out.
      statement.execute("checkpoint");
    }
    server.close();
  }

  /** Starts the server with PostgreSQL's default memory, writing every commit to the disk. */
  @Override
  void start() throws IOException {
    server = start("128MB", "on");
  }

  @Override
  boolean startInMemory(long links, String... sets) throws SQLException, IOException {
    server = start(Math.max(128, links * BYTES_FOR_EACH_LINK / 1_000_000) + "MB", "on");
    for (String set : sets) {
      try (Connection connection = connect(set);
          Statement statement = connection.createStatement()) {
        statement.execute("create extension if not exists pg_prewarm");
        for (String relation : List.of(TABLE, TABLE + "_pk", TABLE + "_user")) {
          statement.execute("select pg_prewarm('" + relation + "')");
        }
      }
    }
    return true;
  }

  @Override
  String cache(String set) throws SQLException {
    try (Connection connection = connect(set)) {
      return "shared_buffers " + value(connection, "show shared_buffers");
    }
  }

  @Override
  String size(String set, long links) throws SQLException {
    try (Connection connection = connect(set)) {
      return String.format(
          Locale.ROOT,
          "table %.0f, index of codes %.0f, index of users %.0f (%.1f MB in all)",
          bytes(connection, TABLE) / links,
          bytes(connection, TABLE + "_pk") / links,
          bytes(connection, TABLE + "_user") / links,
          (bytes(connection, TABLE)
                  + bytes(connection, TABLE + "_pk")
                  + bytes(connection, TABLE + "_user"))
              / 1e6);
    }
  }

  private static double bytes(Connection connection, String relation) throws SQLException {
    return Double.parseDouble(value(connection, "select pg_relation_size('" + relation + "')"));
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
