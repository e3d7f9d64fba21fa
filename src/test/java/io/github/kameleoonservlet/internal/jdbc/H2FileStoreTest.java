package io.github.kameleoonservlet.internal.jdbc;

import io.github.kameleoonservlet.identity.VisitorCodeStore;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

class H2FileStoreTest extends JdbcStoreContract {

  @TempDir static Path folder;

  private static VisitorCodeStore store;

  @BeforeAll
  static void open() {
    store =
        PatientOpening.open(
            JdbcDatabase.of("jdbc:h2:" + folder.resolve("codes"), "sa", "", null),
            SchemaMode.CREATE);
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
    return DriverManager.getConnection("jdbc:h2:" + folder.resolve("codes"), "sa", "");
  }

  @Override
  protected String countOfWaitingSessions() {
    return "select count(*) from information_schema.sessions"
        + " where executing_statement like 'insert%'";
  }
}
