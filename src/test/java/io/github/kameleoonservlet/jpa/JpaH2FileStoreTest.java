package io.github.kameleoonservlet.jpa;

import io.github.kameleoonservlet.identity.VisitorCodeStore;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

class JpaH2FileStoreTest extends JpaStoreContract {

  @TempDir static Path folder;

  private static VisitorCodeStore store;

  @BeforeAll
  static void open() {
    store =
        JpaVisitorCodeStore.open(
            StoreDatabase.jdbc("jdbc:h2:" + folder.resolve("codes"), "sa", ""), SchemaMode.CREATE);
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
