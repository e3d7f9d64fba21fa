package io.github.kameleoonservlet.internal.guard;

import io.github.kameleoonservlet.identity.VisitorCodeStore;
import io.github.kameleoonservlet.identity.VisitorCodeStoreContract;
import io.github.kameleoonservlet.internal.jdbc.MariaDbServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;

@Tag("mariadb")
class WholeStoreMariaDbTest extends VisitorCodeStoreContract {

  private static MariaDbServer server;
  private static VisitorCodeStore store;

  @BeforeAll
  static void open() throws Exception {
    server = MariaDbServer.start();
    server.create("codes");
    store = WholeStoreTest.over(server.database("codes"));
  }

  @AfterAll
  static void close() throws Exception {
    store.close();
    server.close();
  }

  @Override
  protected VisitorCodeStore store() {
    return store;
  }
}
