package io.github.kameleoonservlet.internal.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.kameleoonservlet.identity.VisitorCodeStore;
import io.github.kameleoonservlet.testing.FreePorts;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresStoreTest extends JdbcStoreContract {

  @TempDir static Path logs;

  private static EmbeddedPostgres postgres;
  private static VisitorCodeStore store;

  @BeforeAll
  static void open() throws Exception {
    postgres =
        EmbeddedPostgres.builder()
            .setPort(FreePorts.next())
            .setServerConfig("logging_collector", "on")
            .setServerConfig("log_directory", logs.toString())
            .setServerConfig("log_filename", "server.log")
            .start();
    store =
        PatientOpening.open(
            JdbcDatabase.of(postgres.getJdbcUrl("postgres", "postgres"), null, null, null),
            SchemaMode.CREATE);
  }

  /** A server logs each violated key; these lines must not contain a code. */
  @AfterAll
  static void noCodeInTheServersLog() throws Exception {
    try (Connection connection = postgres.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("do $$ begin raise warning 'end of the tests'; end $$");
    }
    Path log = logs.resolve("server.log");
    await().until(() -> Files.readString(log).contains("WARNING:  end of the tests"));
    String lines = Files.readString(log);
    store.close();
    postgres.close();

    assertThat(lines.lines().filter(line -> line.contains("Key (code)=")))
        // The schema check inserts its own rows twice.
        .allMatch(line -> line.contains("Key (code)=(kameleoon-probe-"));
  }

  @RepeatedTest(3)
  void create_manyNodesAtOnce_allOpen() throws Exception {
    try (Connection connection = postgres.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("create database empty");
      try {
        SchemaTest.createAtOnce(
            () -> JdbcDatabase.of(postgres.getJdbcUrl("postgres", "empty"), null, null, null));
      } finally {
        statement.execute("drop database empty with (force)");
      }
    }
  }

  @Test
  void open_passwordInUrl_isNotLogged() {
    assertNotLogged("hush", postgres.getJdbcUrl("postgres", "postgres") + "&password=hush");
  }

  @Override
  protected VisitorCodeStore store() {
    return store;
  }

  @Override
  protected Connection anotherConnection() throws SQLException {
    return postgres.getPostgresDatabase().getConnection();
  }

  @Override
  protected String countOfWaitingSessions() {
    return "select count(*) from pg_locks where not granted";
  }
}
