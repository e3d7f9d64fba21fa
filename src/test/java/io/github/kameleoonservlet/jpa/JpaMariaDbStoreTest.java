package io.github.kameleoonservlet.jpa;

import io.github.kameleoonservlet.identity.VisitorCodeStore;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;

@Tag("mariadb")
class JpaMariaDbStoreTest extends JpaStoreContract {

  private static MariaDbServer server;
  private static VisitorCodeStore store;

  @BeforeAll
  static void open() throws Exception {
    server = MariaDbServer.start();
    store = JpaVisitorCodeStore.open(server.database("codes"), SchemaMode.CREATE);
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

  @Override
  Connection anotherConnection() throws SQLException {
    return server.connection();
  }

  @Override
  String countOfWaitingSessions() {
    return "select count(*) from information_schema.innodb_trx where trx_state = 'LOCK WAIT'";
  }
}
