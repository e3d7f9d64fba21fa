package io.github.kameleoonservlet.internal.jdbc;

import io.github.kameleoonservlet.identity.VisitorCodeStore;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class H2MemoryStoreTest extends JdbcStoreContract {

  private static VisitorCodeStore store;

  @BeforeAll
  static void open() {
    store =
        PatientOpening.open(
            JdbcDatabase.of("jdbc:h2:mem:contract", null, null, null), SchemaMode.CREATE);
  }

  @AfterAll
  static void close() {
    store.close();
  }

  @Override
  protected VisitorCodeStore store() {
    return store;
  }

  @Override
  protected Connection anotherConnection() throws SQLException {
    return DriverManager.getConnection("jdbc:h2:mem:contract");
  }

  @Override
  protected String countOfWaitingSessions() {
    return "select count(*) from information_schema.sessions"
        + " where executing_statement like 'insert%'";
  }
}
