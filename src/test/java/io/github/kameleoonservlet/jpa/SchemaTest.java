package io.github.kameleoonservlet.jpa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.kameleoonservlet.identity.StoreUnavailableException;
import io.github.kameleoonservlet.identity.UserKey;
import io.github.kameleoonservlet.identity.VisitorCode;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SchemaTest {

  private static final UserKey USER = new UserKey("a".repeat(64));
  private static final VisitorCode CODE = new VisitorCode("code");
  private static final String KEYS = ", unique (code), unique (user_key)";

  private final String url = "jdbc:h2:mem:" + System.nanoTime();
  private Connection connection;

  @AfterEach
  void close() throws SQLException {
    if (connection != null) {
      connection.close();
    }
  }

  @Test
  void create_emptyDatabase_thenValidAndLinksAreKept() throws SQLException {
    sql(url, "select 1");
    try (JpaVisitorCodeStore store = open(SchemaMode.CREATE)) {
      store.link(USER, CODE);
    }

    for (SchemaMode mode : SchemaMode.values()) {
      try (JpaVisitorCodeStore store = open(mode)) {
        assertThat(store.find(USER)).contains(CODE);
      }
    }
  }

  @Test
  void validate_always_leavesNoRow() throws SQLException {
    sql(url, "select 1");
    open(SchemaMode.CREATE).close();

    try (var rows =
        connection.createStatement().executeQuery("select * from kameleoon_visitor_code")) {
      assertThat(rows.next()).isFalse();
    }
  }

  @Test
  void validate_emptyDatabase_saysTheTableIsMissing() throws SQLException {
    sql(url, "select 1");

    assertWrong(SchemaMode.VALIDATE, "table kameleoon_visitor_code is missing");
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
          code varchar(100), user_key varchar(64), linked_at timestamp, unique (code), unique nulls not distinct (user_key) | nulls in user_key must not clash
          code varchar_ignorecase(100), user_key varchar(64), linked_at timestamp, unique (code), unique (user_key) | ignores case
          """)
  void createAndValidate_wrongTable_saysWhatIsWrong(String columns, String expected)
      throws SQLException {
    sql(url, "create table kameleoon_visitor_code (" + columns + ")");

    assertWrong(SchemaMode.VALIDATE, expected);
    assertWrong(SchemaMode.CREATE, expected);
  }

  @Test
  void validate_soundTableInAnotherSchema_doesNotHideTheUnsoundOne() throws SQLException {
    String columns = " (code varchar(100), user_key varchar(64), linked_at timestamp";
    sql(url, "create schema other");
    sql(url, "create table other.kameleoon_visitor_code" + columns + KEYS + ")");
    sql(url, "create table kameleoon_visitor_code" + columns + ")");

    assertWrong(SchemaMode.VALIDATE, "no unique key on code");
  }

  @Test
  void create_databaseThatIgnoresCase_refused() throws SQLException {
    sql(url + ";IGNORECASE=TRUE", "select 1");

    assertThatThrownBy(
            () ->
                JpaVisitorCodeStore.open(
                    StoreDatabase.jdbc(url + ";IGNORECASE=TRUE", null, null), SchemaMode.CREATE))
        .isInstanceOf(SchemaException.class)
        .hasMessageContaining("ignores case");
  }

  @Test
  void create_notAllowed_saysWhy() throws SQLException {
    sql(url, "create user guest password 'guest'");

    assertThatThrownBy(
            () ->
                JpaVisitorCodeStore.open(
                    StoreDatabase.jdbc(url, "guest", "guest"), SchemaMode.CREATE))
        .isInstanceOf(SchemaException.class)
        .hasMessageContaining("missing or not accessible (SQLState 90");
  }

  @Test
  void none_missingTable_unavailableUntilItIsThere() throws SQLException {
    sql(url, "select 1");
    assertThatThrownBy(() -> open(SchemaMode.NONE)).isInstanceOf(StoreUnavailableException.class);

    sql(
        url,
        "create table kameleoon_visitor_code ("
            + "code varchar(100), user_key varchar(64), linked_at timestamp"
            + KEYS
            + ")");
    open(SchemaMode.NONE).close();
  }

  @Test
  void create_databaseWithoutAScript_saysSoAndTakesATableOfOnesOwn() throws SQLException {
    sql(url, "select 1");
    StoreDatabase oracle = StoreDatabase.dataSource(named("Oracle", connection));
    for (SchemaMode mode : new SchemaMode[] {SchemaMode.CREATE, SchemaMode.VALIDATE}) {
      assertThatThrownBy(() -> JpaVisitorCodeStore.open(oracle, mode))
          .isInstanceOf(SchemaException.class)
          .hasMessageContaining("table kameleoon_visitor_code is missing");
    }
    assertThatThrownBy(() -> JpaVisitorCodeStore.open(oracle, SchemaMode.CREATE))
        .hasMessageContaining("no script for Oracle: create it as the README says");

    sql(
        url,
        "create table kameleoon_visitor_code (code varchar(100), user_key varchar(64), linked_at"
            + " timestamp"
            + KEYS
            + ")");
    for (SchemaMode mode : SchemaMode.values()) {
      Schema.prepare(connection, DatabaseProduct.OTHER, mode);
    }
  }

  /** A data source of a database that calls itself so. */
  private static DataSource named(String product, Connection connection) {
    Object metaData =
        Proxy.newProxyInstance(
            SchemaTest.class.getClassLoader(),
            new Class<?>[] {DatabaseMetaData.class},
            (proxy, method, arguments) -> product);
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

    createAtOnce(StoreDatabase.jdbc(url, null, null));
  }

  /** Opens eight stores on an empty database at the same moment. */
  static void createAtOnce(StoreDatabase database) throws Exception {
    ExecutorService nodes = Executors.newFixedThreadPool(8);
    CountDownLatch start = new CountDownLatch(8);
    try {
      List<Future<JpaVisitorCodeStore>> opening = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        opening.add(
            nodes.submit(
                () -> {
                  start.countDown();
                  start.await();
                  return JpaVisitorCodeStore.open(database, SchemaMode.CREATE);
                }));
      }
      for (Future<JpaVisitorCodeStore> store : opening) {
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

  private JpaVisitorCodeStore open(SchemaMode mode) {
    return JpaVisitorCodeStore.open(StoreDatabase.jdbc(url, null, null), mode);
  }

  private void sql(String database, String sql) throws SQLException {
    if (connection == null) {
      connection = DriverManager.getConnection(database);
    }
    connection.createStatement().execute(sql);
  }
}
