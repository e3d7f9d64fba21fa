package io.github.kameleoonservlet.internal.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.kameleoonservlet.identity.StoreUnavailableException;
import io.github.kameleoonservlet.identity.UserKey;
import io.github.kameleoonservlet.identity.VisitorCode;
import io.github.kameleoonservlet.identity.VisitorCodeStore.LinkResult;
import io.github.kameleoonservlet.testing.FreePorts;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class PostgresSchemaTest {

  private static final UserKey USER = new UserKey("a".repeat(64));
  private static final VisitorCode CODE = new VisitorCode("code");
  private static final String READ_ONLY = "&options=-c%20default_transaction_read_only=on";

  private static EmbeddedPostgres postgres;

  private Connection connection;
  private final List<JdbcDatabase> databases = new ArrayList<>();

  @BeforeAll
  static void start() throws Exception {
    postgres = EmbeddedPostgres.builder().setPort(FreePorts.next()).start();
  }

  @AfterAll
  static void stop() throws Exception {
    postgres.close();
  }

  @BeforeEach
  void emptyDatabase() throws SQLException {
    connection = postgres.getPostgresDatabase().getConnection();
    sql("drop database if exists codes with (force)");
    sql("create database codes");
    connection.close();
    connection = postgres.getDatabase("postgres", "codes").getConnection();
  }

  @AfterEach
  void close() throws SQLException {
    databases.forEach(JdbcDatabase::close);
    connection.close();
  }

  @Test
  void create_readOnlyDatabaseWithoutTable_isUnavailableUntilWritable() throws SQLException {
    sql("create table shop_order (id int)");
    sql("alter database codes set default_transaction_read_only = on");

    assertThatThrownBy(() -> open(SchemaMode.CREATE, ""))
        .isInstanceOf(StoreUnavailableException.class);

    sql("set default_transaction_read_only = off");
    sql("alter database codes set default_transaction_read_only = off");
    assertLinks(open(SchemaMode.CREATE, ""));
  }

  @Test
  void create_tableLocked_isUnavailableUntilUnlocked() throws SQLException {
    sql("create table shop_order (id int)");
    try (Connection migration = postgres.getDatabase("postgres", "codes").getConnection();
        Statement statement = migration.createStatement()) {
      migration.setAutoCommit(false);
      statement.execute("create table kameleoon_visitor_code (id int)");

      assertThatThrownBy(() -> open(SchemaMode.CREATE, "&options=-c%20lock_timeout=1"))
          .isInstanceOf(StoreUnavailableException.class);
      migration.rollback();
    }
    assertLinks(open(SchemaMode.CREATE, ""));
  }

  /** PostgreSQL supports no unique key over all partitions without the partition column. */
  @ParameterizedTest
  @CsvSource({"user_key, code", "code, user_key"})
  void validate_partitionedTable_reportsMissingUniqueKey(String dividing, String other)
      throws SQLException {
    sql(
        """
        create table kameleoon_visitor_code (
          code varchar(100) collate "C" not null, user_key varchar(64) collate "C",
          linked_at timestamp(3) not null, unique (%s)) partition by hash (%s)
        """
            .formatted(dividing, dividing));
    sql(
        "create table part_0 partition of kameleoon_visitor_code"
            + " for values with (modulus 2, remainder 0)");
    sql(
        "create table part_1 partition of kameleoon_visitor_code"
            + " for values with (modulus 2, remainder 1)");

    assertThatThrownBy(
            () -> sql("alter table kameleoon_visitor_code add unique (%s)".formatted(other)))
        .hasMessageContaining("must include all partitioning columns");
    assertThatThrownBy(() -> open(SchemaMode.VALIDATE, ""))
        .isInstanceOf(SchemaException.class)
        .hasMessageContaining("no unique key on " + other + " alone");
  }

  @ParameterizedTest
  @EnumSource(names = {"CREATE", "VALIDATE"})
  void createAndValidate_readOnlyDatabaseWithTable_findsUsers(SchemaMode mode) throws SQLException {
    sql("create table shop_order (id int)");
    try (JdbcVisitorCodeStore store = open(SchemaMode.CREATE, "")) {
      store.link(USER, CODE);
    }

    JdbcVisitorCodeStore store = open(mode, READ_ONLY);

    assertThat(store.find(USER)).contains(CODE);
  }

  @ParameterizedTest
  @EnumSource(names = {"CREATE", "VALIDATE"})
  void createAndValidate_schemaCreatedLater_opensAndLinks(SchemaMode mode) throws SQLException {
    sql("create table shop_order (id int)");
    JdbcVisitorCodeStore store = open(mode, "&currentSchema=shop");
    assertThatThrownBy(() -> store.find(USER)).isInstanceOf(MissingTableException.class);

    sql("create schema shop");
    if (mode == SchemaMode.VALIDATE) {
      open(SchemaMode.CREATE, "&currentSchema=shop").find(USER);
    }

    assertLinks(store);
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("select 1 from shop.kameleoon_visitor_code")) {
      assertThat(rows.next()).isTrue();
    }
  }

  /** PostGIS creates such a table in each schema in which it is installed. */
  @Test
  void create_schemaWithExtensionTableOnly_createsTableAtFirstCall() throws SQLException {
    sql("create table spatial_ref_sys (id int)");
    sql("alter extension plpgsql add table spatial_ref_sys");
    JdbcVisitorCodeStore store = open(SchemaMode.CREATE, "");
    assertThat(tables()).isEqualTo(1);

    assertLinks(store);
    assertThat(tables()).isEqualTo(2);
  }

  @Test
  void validate_userWithoutInsertRight_namesSqlState() throws SQLException {
    sql("create table shop_order (id int)");
    open(SchemaMode.CREATE, "").close();
    sql("drop role if exists guest");
    sql("create role guest login");
    sql("grant select on kameleoon_visitor_code to guest");
    try {
      assertThatThrownBy(() -> open(SchemaMode.VALIDATE, "guest", ""))
          .isInstanceOf(SchemaException.class)
          .hasMessageContaining("not let this user insert")
          .hasMessageContaining("(SQLState 42501)");
    } finally {
      sql("drop owned by guest");
      sql("drop role guest");
    }
  }

  private static void assertLinks(JdbcVisitorCodeStore store) {
    assertThat(store.link(USER, CODE)).isEqualTo(LinkResult.LINKED);
    assertThat(store.find(USER)).contains(CODE);
  }

  private JdbcVisitorCodeStore open(SchemaMode mode, String parameters) {
    return open(mode, "postgres", parameters);
  }

  private JdbcVisitorCodeStore open(SchemaMode mode, String user, String parameters) {
    JdbcDatabase database =
        JdbcDatabase.of(postgres.getJdbcUrl(user, "codes") + parameters, null, null, null);
    databases.add(database);
    return JdbcVisitorCodeStore.open(database, mode);
  }

  private int tables() throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet count =
            statement.executeQuery("select count(*) from pg_tables where schemaname = 'public'")) {
      count.next();
      return count.getInt(1);
    }
  }

  private void sql(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
