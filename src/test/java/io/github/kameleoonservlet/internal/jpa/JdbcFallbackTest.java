package io.github.kameleoonservlet.internal.jpa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import io.github.kameleoonservlet.identity.UserKey;
import io.github.kameleoonservlet.identity.VisitorCode;
import io.github.kameleoonservlet.internal.jdbc.JdbcDatabase;
import io.github.kameleoonservlet.internal.jdbc.JdbcVisitorCodeStore;
import io.github.kameleoonservlet.internal.jdbc.LinkReader;
import io.github.kameleoonservlet.internal.jdbc.SchemaMode;
import io.github.kameleoonservlet.testing.RecordedLog;
import io.github.kameleoonservlet.testing.Sneaky;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests that users get their codes when the application's Hibernate fails. */
class JdbcFallbackTest {

  private static final String URL = "jdbc:h2:mem:jdbc-fallback";
  private static final UserKey USER = new UserKey("a".repeat(64));
  private static final VisitorCode CODE = new VisitorCode("mine");

  private final FailingReader hibernate = new FailingReader();
  private final UnitReader reader = new UnitReader(hibernate);
  private final RecordedLog log = new RecordedLog(Level.WARN);
  private Connection database;

  @BeforeEach
  void open() throws SQLException {
    database = DriverManager.getConnection(URL);
  }

  @AfterEach
  void close() throws SQLException {
    log.close();
    database.close();
  }

  static Stream<Throwable> faultsOfHibernate() {
    return Stream.of(
        new ExceptionInInitializerError("ATN version mismatch"),
        new NoSuchMethodError("org.antlr"),
        new ServiceConfigurationError("a line of another jar"),
        new IllegalArgumentException(new IllegalStateException("no parser")));
  }

  @ParameterizedTest
  @MethodSource("faultsOfHibernate")
  void prepare_hibernateFails_readsByJdbcWithOneWarning(Throwable fault) {
    hibernate.onPrepare = fault;

    assertUserIsFoundByJdbc();
    assertThat(hibernate.reads).isZero();
  }

  @ParameterizedTest
  @MethodSource("faultsOfHibernate")
  void rows_hibernateCannotQuery_readsByJdbcWithOneWarning(Throwable fault) {
    hibernate.onRows = fault;

    assertUserIsFoundByJdbc();
    assertThat(hibernate.reads).isEqualTo(1);
  }

  /** On an empty schema the first request sends a query before the table exists. */
  @Test
  void rows_hibernateCannotQueryAtFirstRequest_readsByJdbcWithOneWarning() {
    try (JdbcVisitorCodeStore store = store()) {
      hibernate.onRows = new ExceptionInInitializerError("ATN version mismatch");

      assertThat(store.find(USER)).isEmpty();
      store.link(USER, CODE);
      assertThat(store.find(USER)).contains(CODE);
    }
    assertOneWarning();
  }

  @Test
  void rows_databaseFails_readsByHibernateAgain() throws SQLException {
    hibernate.onRows = new IllegalStateException(new SQLException("down", "08001"));
    assertThatThrownBy(() -> reader.rows(database, List.of(USER))).isSameAs(hibernate.onRows);

    hibernate.onRows = null;
    assertThat(reader.rows(database, List.of(USER))).isEqualTo(FailingReader.ROWS);
    assertThat(log.complaints()).isEmpty();
  }

  @Test
  void prepare_databaseFails_preparesHibernateAgain() throws SQLException {
    hibernate.onPrepare = new IllegalStateException(new SQLException("down", "08001"));
    assertThatThrownBy(() -> reader.prepare(database)).isSameAs(hibernate.onPrepare);

    hibernate.onPrepare = null;
    reader.prepare(database);
    assertThat(reader.rows(database, List.of(USER))).isEqualTo(FailingReader.ROWS);
    assertThat(log.complaints()).isEmpty();
  }

  /** A driver may throw exceptions other than {@code SQLException}. */
  @Test
  void rows_jdbcFails_readsByHibernateAgain() throws SQLException {
    hibernate.onRows = new NullPointerException("in the driver");
    try (Connection withoutTable = DriverManager.getConnection("jdbc:h2:mem:")) {
      assertThatThrownBy(() -> reader.rows(withoutTable, List.of(USER)))
          .isInstanceOf(SQLException.class);
    }

    hibernate.onRows = null;
    assertThat(reader.rows(database, List.of(USER))).isEqualTo(FailingReader.ROWS);
    assertThat(log.complaints()).isEmpty();
  }

  @Test
  void rows_outOfMemory_readsByHibernateAgain() throws SQLException {
    hibernate.onRows = new OutOfMemoryError("unable to create native thread");
    assertThatThrownBy(() -> reader.rows(database, List.of(USER))).isSameAs(hibernate.onRows);

    hibernate.onRows = null;
    assertThat(reader.rows(database, List.of(USER))).isEqualTo(FailingReader.ROWS);
  }

  @Test
  void rows_fallbackCannotCloseHibernate_readsByJdbc() {
    hibernate.onRows = new NoSuchMethodError("org.antlr");
    hibernate.onClose = new NoClassDefFoundError("org.hibernate");

    assertUserIsFoundByJdbc();
  }

  private void assertUserIsFoundByJdbc() {
    try (JdbcVisitorCodeStore store = store()) {
      store.link(USER, CODE);

      assertThat(store.find(USER)).contains(CODE);
    }
    try (JdbcVisitorCodeStore store = store()) {
      assertThat(store.find(USER)).as("after another opening").contains(CODE);
    }
    assertOneWarning();
    assertThat(hibernate.closes).isEqualTo(1);
  }

  private void assertOneWarning() {
    assertThat(log.complaints())
        .singleElement()
        .asString()
        .contains("Hibernate of this application cannot read", "by JDBC")
        .doesNotContain(USER.value(), CODE.value());
  }

  private JdbcVisitorCodeStore store() {
    return JdbcVisitorCodeStore.open(
        JdbcDatabase.of(URL, null, null, null), SchemaMode.CREATE, reader);
  }

  /** Replaces the Hibernate reader, and fails when a test sets a fault. */
  private static final class FailingReader implements LinkReader {

    static final List<Row> ROWS = List.of(new Row("read-by-hibernate", null));

    Throwable onPrepare;
    Throwable onRows;
    Throwable onClose;
    int reads;
    int closes;

    @Override
    public void prepare(Connection connection) {
      fail(onPrepare);
    }

    @Override
    public List<Row> rows(Connection connection, List<UserKey> users) {
      reads++;
      fail(onRows);
      return ROWS;
    }

    @Override
    public void close() {
      closes++;
      fail(onClose);
    }

    private static void fail(Throwable fault) {
      if (fault != null) {
        Sneaky.rethrow(fault);
      }
    }
  }
}
