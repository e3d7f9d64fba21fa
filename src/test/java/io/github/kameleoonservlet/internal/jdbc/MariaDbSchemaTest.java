package io.github.kameleoonservlet.internal.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.kameleoonservlet.identity.StoreUnavailableException;
import io.github.kameleoonservlet.identity.UserKey;
import io.github.kameleoonservlet.identity.VisitorCode;
import io.github.kameleoonservlet.identity.VisitorCodeStore.LinkResult;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("mariadb")
class MariaDbSchemaTest {

  private static final UserKey USER = new UserKey("a".repeat(64));
  private static final VisitorCode CODE = new VisitorCode("code");

  private static MariaDbServer server;

  @BeforeAll
  static void start() throws Exception {
    server = MariaDbServer.start();
  }

  @AfterAll
  static void stop() throws IOException {
    server.close();
  }

  @BeforeEach
  void empty() throws SQLException {
    server.create("codes");
  }

  @Test
  void create_emptyDatabase_createsValidTableThatKeepsLinks() throws SQLException {
    try (JdbcVisitorCodeStore store = open(SchemaMode.CREATE, "")) {
      store.link(USER, CODE);
    }

    for (SchemaMode mode : SchemaMode.values()) {
      try (JdbcVisitorCodeStore store = open(mode, "")) {
        assertThat(store.find(USER)).contains(CODE);
      }
    }
    assertThat(rows()).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource(names = {"VALIDATE", "NONE"})
  void validateAndNone_missingTable_failUntilTableExists(SchemaMode mode) {
    try (JdbcVisitorCodeStore store = JdbcVisitorCodeStore.open(server.database("codes"), mode)) {
      assertThatThrownBy(() -> store.find(USER)).isInstanceOf(MissingTableException.class);

      try (JdbcVisitorCodeStore application = open(SchemaMode.CREATE, "")) {
        application.link(USER, CODE);
      }

      assertThat(store.find(USER)).contains(CODE);
    }
  }

  /** The database's default collation ignores case, as in MariaDB and MySQL. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          code varchar(100) binary, user_key varchar(64)                                | has no column linked_at
          code varchar(100) binary, linked_at datetime                                  | has no column user_key
          code varchar(100) binary, user_key varchar(64), linked_at datetime, unique (code) | no unique key on user_key
          code varchar(100) binary, user_key varchar(64), linked_at datetime, unique (user_key) | no unique key on code
          code varchar(100) binary, user_key varchar(64), linked_at datetime, unique (code, user_key), unique (user_key) | no unique key on code alone
          code varchar(99) binary, user_key varchar(64), linked_at datetime, unique (code), unique (user_key) | refuses a code of 100
          code varchar(100) binary, user_key varchar(63), linked_at datetime, unique (code), unique (user_key) | refuses a code of 100 and a user_key of 64
          code varchar(100) binary, user_key varchar(64) not null, linked_at datetime, unique (code), unique (user_key) | user_key must be nullable
          code varchar(100), user_key varchar(64), linked_at datetime, unique (code), unique (user_key) | ignores case
          code varchar(100) collate utf8mb4_unicode_ci, user_key varchar(64), linked_at datetime, unique (code), unique (user_key) | ignores case
          """)
  void createAndValidate_wrongTable_nameFault(String columns, String expected) throws SQLException {
    server.sql("create table codes.kameleoon_visitor_code (" + columns + ")");

    assertWrong(SchemaMode.VALIDATE, expected);
    assertWrong(SchemaMode.CREATE, expected);
    assertThat(rows()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"MyISAM", "Aria"})
  void validate_engineWithoutTransactions_isRefusedAndLeavesNoRow(String engine)
      throws SQLException {
    server.sql(
        "create table codes.kameleoon_visitor_code (code varchar(100) binary, user_key varchar(64),"
            + " linked_at datetime, unique (code), unique (user_key)) engine = "
            + engine);

    assertWrong(SchemaMode.VALIDATE, "does not support transactions");
    assertThat(rows()).isZero();
  }

  /** Tables as developers write them; none differs in a property that the store needs. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "code varchar(100) collate utf8mb4_bin, user_key varchar(64)",
        "code varchar(100) collate utf8mb4_nopad_bin, user_key char(64)",
        "code varbinary(100), user_key varbinary(64)",
        "extra int not null, code varchar(255) binary, user_key varchar(255)"
      })
  void validate_otherSoundTable_links(String columns) throws SQLException {
    server.sql(
        "create table codes.kameleoon_visitor_code ("
            + columns
            + ", linked_at datetime, unique (code), unique (user_key))");

    assertLinks("");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "ANSI", "TRADITIONAL", "ORACLE", "PAD_CHAR_TO_FULL_LENGTH"})
  void open_anySqlMode_links(String mode) {
    open(SchemaMode.CREATE, "?sessionVariables=sql_mode='" + mode + "'").close();

    assertLinks("?sessionVariables=sql_mode='" + mode + "'");
  }

  private static void assertLinks(String parameters) {
    try (JdbcVisitorCodeStore store = open(SchemaMode.VALIDATE, parameters)) {
      assertThat(store.link(USER, CODE)).isEqualTo(LinkResult.LINKED);
      assertThat(store.link(USER, new VisitorCode("CODE"))).isEqualTo(LinkResult.USER_LINKED);
      UserKey other = new UserKey("b".repeat(64));
      assertThat(store.link(other, CODE)).isEqualTo(LinkResult.CODE_TAKEN);
      assertThat(store.link(other, new VisitorCode("CODE"))).isEqualTo(LinkResult.LINKED);
      assertThat(store.find(USER)).contains(CODE);
      assertThat(store.erase(USER)).isTrue();
      assertThat(store.find(USER)).isEmpty();
      assertThat(store.link(USER, CODE)).isEqualTo(LinkResult.CODE_TAKEN);
    }
  }

  @Test
  void create_notAllowed_namesCause() throws SQLException {
    server.sql("grant select, insert, update on codes.* to guest identified by 'guest'");

    assertThatThrownBy(
            () ->
                asked(
                    JdbcDatabase.of(server.url("jdbc:mariadb:", "codes"), "guest", "guest", null),
                    SchemaMode.CREATE))
        .isInstanceOf(SchemaException.class)
        .hasMessageContaining("missing or not accessible (SQLState 42000)");
  }

  @Test
  void createAndValidate_readOnlyServer_findUsersAndCreateNothing() throws SQLException {
    server.sql("grant select, insert, update, create on codes.* to writer identified by 'writer'");
    server.sql("create table codes.shop_order (id int)");
    try {
      server.sql("set global read_only = 1");
      assertThatThrownBy(() -> asked(writer(), SchemaMode.CREATE))
          .isExactlyInstanceOf(StoreUnavailableException.class);
      server.sql("set global read_only = 0");
      try (JdbcVisitorCodeStore store = asked(writer(), SchemaMode.CREATE)) {
        store.link(USER, CODE);
      }
      server.sql("set global read_only = 1");
      for (SchemaMode mode : SchemaMode.values()) {
        try (JdbcVisitorCodeStore store = asked(writer(), mode)) {
          assertThat(store.find(USER)).contains(CODE);
        }
      }
    } finally {
      server.sql("set global read_only = 0");
    }
  }

  private static JdbcDatabase writer() {
    return JdbcDatabase.of(server.url("jdbc:mariadb:", "codes"), "writer", "writer", null);
  }

  /** A cautious administrator grants only these rights. */
  @Test
  void validate_userWithoutDeleteRight_links() throws SQLException {
    open(SchemaMode.CREATE, "").close();
    server.sql("grant select, insert, update on codes.* to guest identified by 'guest'");

    try (JdbcVisitorCodeStore store =
        JdbcVisitorCodeStore.open(
            JdbcDatabase.of(server.url("jdbc:mariadb:", "codes"), "guest", "guest", null),
            SchemaMode.VALIDATE)) {
      assertThat(store.link(USER, CODE)).isEqualTo(LinkResult.LINKED);
    }
  }

  private static void assertWrong(SchemaMode mode, String expected) {
    for (String sqlMode : new String[] {"TRADITIONAL", ""}) {
      assertThatThrownBy(() -> open(mode, "?sessionVariables=sql_mode='" + sqlMode + "'"))
          .as("sql_mode '" + sqlMode + "'")
          .isInstanceOf(SchemaException.class)
          .hasMessageStartingWith("The visitor code store cannot be used: ")
          .hasMessageContaining(expected);
    }
  }

  private static JdbcVisitorCodeStore open(SchemaMode mode, String parameters) {
    return asked(server.database("codes" + parameters), mode);
  }

  /** Opens a store and sends one query, which creates the table in an empty schema. */
  private static JdbcVisitorCodeStore asked(JdbcDatabase database, SchemaMode mode) {
    try {
      JdbcVisitorCodeStore store = JdbcVisitorCodeStore.open(database, mode);
      store.find(USER);
      return store;
    } catch (RuntimeException e) {
      database.close();
      throw e;
    }
  }

  private static int rows() throws SQLException {
    try (Connection connection = server.connection("jdbc:mariadb:", "codes");
        Statement statement = connection.createStatement();
        ResultSet count = statement.executeQuery("select count(*) from kameleoon_visitor_code")) {
      count.next();
      return count.getInt(1);
    }
  }
}
