package io.github.kameleoonservlet.jpa;

import io.github.kameleoonservlet.identity.VisitorCodeStore;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.sql.Connection;
import java.sql.Statement;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;

class JpaPostgresStoreTest extends JpaStoreContract {

  private static EmbeddedPostgres postgres;
  private static VisitorCodeStore store;

  @BeforeAll
  static void open() throws Exception {
    postgres = EmbeddedPostgres.start();
    store =
        JpaVisitorCodeStore.open(
            StoreDatabase.jdbc(postgres.getJdbcUrl("postgres", "postgres"), null, null),
            SchemaMode.CREATE);
  }

  @AfterAll
  static void close() throws Exception {
    store.close();
    postgres.close();
  }

  @RepeatedTest(3)
  void create_manyNodesAtOnce_allOpen() throws Exception {
    try (Connection connection = postgres.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("create database empty");
      try {
        SchemaTest.createAtOnce(
            StoreDatabase.jdbc(postgres.getJdbcUrl("postgres", "empty"), null, null));
      } finally {
        statement.execute("drop database empty with (force)");
      }
    }
  }

  @Override
  protected VisitorCodeStore store() {
    return store;
  }
}
