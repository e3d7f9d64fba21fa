package io.github.kameleoonservlet.internal.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.kameleoonservlet.identity.UserKey;
import io.github.kameleoonservlet.identity.VisitorCode;
import io.github.kameleoonservlet.identity.VisitorCodeStore.LinkResult;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class SchemaTest {

  private static final UserKey USER = new UserKey("a".repeat(64));
  private static final VisitorCode CODE = new VisitorCode("code");
  private static final String KEYS = ", unique (code), unique (user_key)";

  private final String url = "jdbc:h2:mem:" + System.nanoTime();
  private Connection connection;

  private final List<JdbcDatabase> databases = new ArrayList<>();

  @AfterEach
  void close() throws SQLException {
    databases.forEach(JdbcDatabase::close);
    if (connection != null) {
      connection.close();
    }
  }

  @Test
  void create_emptyDatabase_createsValidTableThatKeepsLinks() throws SQLException {
    sql(url, "select 1");
    try (JdbcVisitorCodeStore store = open(SchemaMode.CREATE)) {
      store.link(USER, CODE);
    }

    for (SchemaMode mode : SchemaMode.values()) {
      try (JdbcVisitorCodeStore store = open(mode)) {
        assertThat(store.find(USER)).contains(CODE);
      }
    }
  }

  @Test
  void validate_always_leavesNoRow() throws SQLException {
    sql(url, "create table orders (id int primary key)");
    open(SchemaMode.CREATE).close();

    try (var rows =
        connection.createStatement().executeQuery("select * from kameleoon_visitor_code")) {
      assertThat(rows.next()).isFalse();
    }
  }

  @Test
  void create_emptySchema_createsTableAtFirstCall() throws SQLException {
    sql(url, "select 1");
    try (JdbcVisitorCodeStore store = open(SchemaMode.CREATE)) {
      assertThat(tables()).isEmpty();

      // A migration of the application creates this table, and needs an empty schema.
      sql(url, "create table flyway_schema_history (id int primary key)");
      assertThat(store.find(USER)).isEmpty();

      assertThat(tables())
          .containsExactlyInAnyOrder("FLYWAY_SCHEMA_HISTORY", "KAMELEOON_VISITOR_CODE");
      assertThat(store.link(USER, CODE)).isEqualTo(LinkResult.LINKED);
    }
  }

  @Test
  void create_schemaWithTable_createsTableAtOnce() throws SQLException {
    sql(url, "create table orders (id int primary key)");

    open(SchemaMode.CREATE).close();

    assertThat(tables()).containsExactlyInAnyOrder("ORDERS", "KAMELEOON_VISITOR_CODE");
  }

  @Test
  void create_tableInOtherSchema_leavesCurrentSchemaEmpty() throws SQLException {
    sql(url, "create schema other");
    sql(url, "create table other.orders (id int primary key)");

    open(SchemaMode.CREATE).close();

    assertThat(tables()).isEmpty();
  }

  @Test
  void create_fileOfLibrary_createsTableAtOnce(@TempDir Path folder) throws SQLException {
    Path file = folder.resolve("visitors");
    JdbcVisitorCodeStore.open(JdbcDatabase.ownFile(file), SchemaMode.CREATE).close();
    assertThat(folder).isDirectoryNotContaining("glob:**.trace.db");

    sql("jdbc:h2:file:" + file + ";USER=sa", "select 1");
    assertThat(tables()).containsExactly("KAMELEOON_VISITOR_CODE");
  }

  @Test
  void create_wrongTableCreatedMeanwhile_failsAtFirstCall() throws SQLException {
    sql(url, "select 1");
    try (JdbcVisitorCodeStore store = open(SchemaMode.CREATE)) {
      sql(url, "create table kameleoon_visitor_code (code varchar(100), user_key varchar(64))");

      assertThatThrownBy(() -> store.find(USER))
          .isInstanceOf(SchemaException.class)
          .hasMessageContaining("has no column linked_at");
    }
  }

  private List<String> tables() throws SQLException {
    List<String> names = new ArrayList<>();
    try (ResultSet rows =
        connection
            .createStatement()
            .executeQuery(
                "select table_name from information_schema.tables where table_schema = 'PUBLIC'")) {
      while (rows.next()) {
        names.add(rows.getString(1));
      }
    }
    return names;
  }

  @ParameterizedTest
  @EnumSource(names = {"VALIDATE", "NONE"})
  void validateAndNone_missingTable_failUntilTableExists(SchemaMode mode) throws SQLException {
    sql(url, "select 1");
    try (JdbcVisitorCodeStore store = open(mode)) {
      assertThatThrownBy(() -> store.find(USER)).isInstanceOf(MissingTableException.class);

      sql(
          url,
          "create table kameleoon_visitor_code ("
              + "code varchar(100), user_key varchar(64), linked_at timestamp"
              + KEYS
              + ")");

      assertThat(store.find(USER)).isEmpty();
      assertThat(store.link(USER, CODE)).isEqualTo(LinkResult.LINKED);
    }
  }

  @Test
  void validate_wrongTableCreatedLater_failsAtFirstCall() throws SQLException {
    sql(url, "select 1");
    try (JdbcVisitorCodeStore store = open(SchemaMode.VALIDATE)) {
      sql(url, "create table kameleoon_visitor_code (code varchar(100), user_key varchar(64))");

      assertThatThrownBy(() -> store.find(USER))
          .isInstanceOf(SchemaException.class)
          .hasMessageContaining("has no column linked_at");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          code varchar(100), user_key varchar(64)                                | has no column linked_at
          code varchar(100), linked_at timestamp                                 | has no column user_key
          user_key varchar(64), linked_at timestamp                              | has no column code
          code varchar(100), user_key varchar(64), linked_at timestamp, unique (code)     | no unique key on user_key
          code varchar(100), user_key varchar(64), linked_at timestamp, unique (user_key) | no unique key on code
          code varchar(100), user_key varchar(64), linked_at timestamp, unique (code, user_key), unique (user_key) | no unique key on code alone
          code varchar(99), user_key varchar(64), linked_at timestamp, unique (code), unique (user_key) | refuses a code of 100
          code varchar(100), user_key varchar(63), linked_at timestamp, unique (code), unique (user_key) | refuses a code of 100 and a user_key of 64
          code varchar(100), user_key varchar(64) not null, linked_at timestamp, unique (code), unique (user_key) | user_key must be nullable
          code varchar(100), user_key varchar(64), linked_at timestamp, unique (code), unique nulls not distinct (user_key) | the unique key on user_key must allow several nulls
          code varchar_ignorecase(100), user_key varchar(64), linked_at timestamp, unique (code), unique (user_key) | ignores case
          """)
  void createAndValidate_wrongTable_nameFault(String columns, String expected) throws SQLException {
    sql(url, "create table kameleoon_visitor_code (" + columns + ")");

    assertWrong(SchemaMode.VALIDATE, expected);
    assertWrong(SchemaMode.CREATE, expected);
  }

  @Test
  void validate_soundTableInOtherSchema_reportsFaultOfCurrentSchema() throws SQLException {
    String columns = " (code varchar(100), user_key varchar(64), linked_at timestamp";
    sql(url, "create schema other");
    sql(url, "create table other.kameleoon_visitor_code" + columns + KEYS + ")");
    sql(url, "create table kameleoon_visitor_code" + columns + ")");

    assertWrong(SchemaMode.VALIDATE, "no unique key on code");
  }

  @Test
  void create_databaseIgnoresCase_isRefused() throws SQLException {
    sql(url + ";IGNORECASE=TRUE", "create table orders (id int primary key)");

    assertThatThrownBy(
            () ->
                JdbcVisitorCodeStore.open(
                    database(url + ";IGNORECASE=TRUE", null, null), SchemaMode.CREATE))
        .isInstanceOf(SchemaException.class)
        .hasMessageContaining("ignores case");
  }

  @Test
  void create_notAllowed_namesCause() throws SQLException {
    sql(url, "create user guest password 'guest'");
    sql(url, "create table orders (id int primary key)");

    assertThatThrownBy(
            () -> JdbcVisitorCodeStore.open(database(url, "guest", "guest"), SchemaMode.CREATE))
        .isInstanceOf(SchemaException.class)
        .hasMessageContaining("missing or not accessible (SQLState 90");
  }

  @Test
  void validate_userWithoutInsertRight_namesSqlState() throws SQLException {
    sql(url, "create table orders (id int primary key)");
    open(SchemaMode.CREATE).close();
    sql(url, "create user guest password 'guest'");
    sql(url, "grant select on kameleoon_visitor_code to guest");

    assertThatThrownBy(
            () -> JdbcVisitorCodeStore.open(database(url, "guest", "guest"), SchemaMode.VALIDATE))
        .isInstanceOf(SchemaException.class)
        .hasMessageContaining("not let this user insert")
        .hasMessageContaining("(SQLState 90096)");
  }

  @Test
  void validate_userWithoutReadRight_failsUntilGranted() throws SQLException {
    sql(url, "create table orders (id int primary key)");
    open(SchemaMode.CREATE).close();
    sql(url, "create user guest password 'guest'");
    JdbcVisitorCodeStore store =
        JdbcVisitorCodeStore.open(database(url, "guest", "guest"), SchemaMode.VALIDATE);
    assertThatThrownBy(() -> store.find(USER)).isInstanceOf(MissingTableException.class);

    sql(url, "grant select, insert on kameleoon_visitor_code to guest");

    assertThat(store.find(USER)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(names = {"CREATE", "VALIDATE"})
  void createAndValidate_readOnlyDatabaseWithTable_findsUsers(
      SchemaMode mode, @TempDir Path folder) {
    String file = "jdbc:h2:file:" + folder.resolve("codes");
    try (JdbcVisitorCodeStore store =
        JdbcVisitorCodeStore.open(database(file, "sa", ""), SchemaMode.CREATE)) {
      store.link(USER, CODE);
    }

    try (JdbcVisitorCodeStore store =
        JdbcVisitorCodeStore.open(database(file + ";ACCESS_MODE_DATA=r", "sa", ""), mode)) {
      assertThat(store.find(USER)).contains(CODE);
    }
  }

  @Test
  void create_databaseWithoutScript_namesDocumentAndAcceptsExistingTable() throws SQLException {
    sql(url, "select 1");
    JdbcDatabase oracle = JdbcDatabase.of(named("Oracle", connection));
    assertThatThrownBy(() -> JdbcVisitorCodeStore.open(oracle, SchemaMode.CREATE))
        .hasMessageContaining(
            "no script for Oracle: create the table, see \"The table\" in docs/store.md");

    sql(
        url,
        "create table kameleoon_visitor_code (code varchar(100), user_key varchar(64), linked_at"
            + " timestamp"
            + KEYS
            + ")");
    for (SchemaMode mode : SchemaMode.values()) {
      assertThat(Schema.prepare(connection, DatabaseProduct.OTHER, mode, false)).isTrue();
    }
  }

  /** Returns a data source whose database reports the given product name. */
  private static DataSource named(String product, Connection connection) {
    Object metaData =
        Proxy.newProxyInstance(
            SchemaTest.class.getClassLoader(),
            new Class<?>[] {DatabaseMetaData.class},
            (proxy, method, arguments) ->
                method.getName().equals("getDatabaseProductName")
                    ? product
                    : method.invoke(connection.getMetaData(), arguments));
    return new OneConnection(
        (Connection)
            Proxy.newProxyInstance(
                SchemaTest.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                (proxy, method, arguments) ->
                    method.getName().equals("getMetaData")
                        ? metaData
                        : method.invoke(connection, arguments)));
  }

  @RepeatedTest(5)
  void create_manyNodesAtOnce_allOpen() throws Exception {
    sql(url, "select 1");

    createAtOnce(() -> JdbcDatabase.of(url, null, null, null));
  }

  /** Opens eight stores on an empty database at the same moment, and sends a query through each. */
  static void createAtOnce(Supplier<JdbcDatabase> database) throws Exception {
    ExecutorService nodes = Executors.newFixedThreadPool(8);
    CountDownLatch start = new CountDownLatch(8);
    try {
      List<Future<JdbcVisitorCodeStore>> opening = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        opening.add(
            nodes.submit(
                () -> {
                  start.countDown();
                  start.await();
                  JdbcVisitorCodeStore store =
                      PatientOpening.open(database.get(), SchemaMode.CREATE);
                  assertThat(store.find(USER)).isEmpty();
                  return store;
                }));
      }
      for (Future<JdbcVisitorCodeStore> store : opening) {
        store.get().close();
      }
    } finally {
      nodes.shutdownNow();
    }
  }

  private void assertWrong(SchemaMode mode, String expected) {
    assertThatThrownBy(() -> open(mode))
        .isInstanceOf(SchemaException.class)
        .hasMessageStartingWith("The visitor code store cannot be used: ")
        .hasMessageContaining(expected);
  }

  private JdbcVisitorCodeStore open(SchemaMode mode) {
    return JdbcVisitorCodeStore.open(database(url, null, null), mode);
  }

  /** Returns a database that is closed after the test, even if its store fails to open. */
  private JdbcDatabase database(String place, String user, String password) {
    JdbcDatabase database = JdbcDatabase.of(place, user, password, null);
    databases.add(database);
    return database;
  }

  private void sql(String database, String sql) throws SQLException {
    if (connection == null) {
      connection = DriverManager.getConnection(database);
    }
    connection.createStatement().execute(sql);
  }
}
