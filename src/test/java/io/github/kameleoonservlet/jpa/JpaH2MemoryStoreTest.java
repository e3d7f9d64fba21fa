package io.github.kameleoonservlet.jpa;

import io.github.kameleoonservlet.identity.VisitorCodeStore;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class JpaH2MemoryStoreTest extends JpaStoreContract {

  private static VisitorCodeStore store;

  @BeforeAll
  static void open() {
    store =
        JpaVisitorCodeStore.open(
            StoreDatabase.jdbc("jdbc:h2:mem:contract", null, null), SchemaMode.CREATE);
  }

  @AfterAll
  static void close() {
    store.close();
  }

  @Override
  protected VisitorCodeStore store() {
    return store;
  }
}
