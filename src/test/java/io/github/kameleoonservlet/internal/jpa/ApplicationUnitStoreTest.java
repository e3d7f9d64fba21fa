package io.github.kameleoonservlet.internal.jpa;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.github.kameleoonservlet.identity.VisitorCodeStore;
import io.github.kameleoonservlet.internal.jdbc.JdbcStoreContract;
import io.github.kameleoonservlet.internal.jdbc.JdbcVisitorCodeStore;
import io.github.kameleoonservlet.internal.jdbc.SchemaMode;
import io.github.kameleoonservlet.testing.PersistenceXmlFolder;
import io.github.kameleoonservlet.testing.RecordedLog;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tests the contract in a unit of the application, which has tables, and settings that would drop
 * them.
 */
class ApplicationUnitStoreTest extends JdbcStoreContract {

  private static final String URL = "jdbc:h2:mem:unit";

  @TempDir static Path folder;

  private static Connection shop;
  private static VisitorCodeStore store;

  @BeforeAll
  static void open() throws Exception {
    shop = DriverManager.getConnection(URL, "sa", "");
    try (Statement statement = shop.createStatement()) {
      statement.execute("create table shop_order (id int primary key)");
      statement.execute("insert into shop_order values (1)");
    }
    store =
        new PersistenceXmlFolder(folder, PersistenceXmlFolder.shop(URL))
            .inside(
                () -> {
                  ApplicationUnit unit = ApplicationUnit.named("shop");
                  return JdbcVisitorCodeStore.open(
                      unit.database(null), SchemaMode.CREATE, unit.reader());
                });
  }

  @AfterAll
  static void close() throws SQLException {
    store.close();
    assertThat(tables()).isEqualTo("KAMELEOON_VISITOR_CODE, SHOP_ORDER");
    shop.close();
  }

  /** Without this check the whole contract could run on JDBC, to which the reader falls back. */
  @Test
  void find_inUnitOfHibernate_readsByHibernate() {
    try (RecordedLog log = new RecordedLog(Level.DEBUG)) {
      store.find(user());

      assertThat(log.lines()).filteredOn(HibernateLog::isStatement).hasSize(1);
    }
  }

  @Test
  void open_tablesOfApplicationPresent_leavesTablesUnchanged() throws SQLException {
    assertThat(tables()).isEqualTo("KAMELEOON_VISITOR_CODE, SHOP_ORDER");
  }

  private static String tables() throws SQLException {
    try (Statement statement = shop.createStatement();
        ResultSet names =
            statement.executeQuery(
                "select listagg(table_name, ', ') within group (order by table_name)"
                    + " from information_schema.tables where table_schema = 'PUBLIC'")) {
      names.next();
      return names.getString(1);
    }
  }

  @Override
  protected VisitorCodeStore store() {
    return store;
  }

  @Override
  protected Connection anotherConnection() throws SQLException {
    return DriverManager.getConnection(URL, "sa", "");
  }

  @Override
  protected String countOfWaitingSessions() {
    return "select count(*) from information_schema.sessions"
        + " where executing_statement like 'insert%'";
  }
}
