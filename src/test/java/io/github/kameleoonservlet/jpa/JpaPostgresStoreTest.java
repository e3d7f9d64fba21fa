package io.github.kameleoonservlet.jpa;

import io.github.kameleoonservlet.identity.VisitorCodeStore;
import io.github.kameleoonservlet.identity.VisitorCodeStoreContract;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class JpaPostgresStoreTest extends VisitorCodeStoreContract {

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

  @Override
  protected VisitorCodeStore store() {
    return store;
  }
}
