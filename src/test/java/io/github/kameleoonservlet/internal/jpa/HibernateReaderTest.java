package io.github.kameleoonservlet.internal.jpa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import io.github.kameleoonservlet.identity.UserKey;
import io.github.kameleoonservlet.internal.jdbc.LinkReader.Row;
import io.github.kameleoonservlet.testing.RecordedLog;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.hibernate.SessionFactory;
import org.hibernate.boot.spi.SessionFactoryOptions;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.test.util.ReflectionTestUtils;

class HibernateReaderTest {

  private static final UserKey USER = new UserKey("a".repeat(64));
  private static final UserKey OTHER = new UserKey("b".repeat(64));

  private final HibernateReader reader = new HibernateReader();
  private Connection connection;

  @BeforeEach
  void prepare() throws SQLException {
    connection = DriverManager.getConnection("jdbc:h2:mem:");
    reader.prepare(connection);
  }

  @AfterEach
  void close() throws SQLException {
    reader.close();
    connection.close();
  }

  /** Some versions of Hibernate log the id of each entity that they load; the id is the code. */
  @Test
  void rows_twoUsers_areReadWithoutLoadingEntities() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("create table kameleoon_visitor_code (code varchar, user_key varchar)");
      statement.execute(
          "insert into kameleoon_visitor_code values ('mine', '%s'), ('gone', null)"
              .formatted(USER.value()));
    }

    factory().getStatistics().setStatisticsEnabled(true);

    assertThat(reader.rows(connection, List.of(OTHER, USER)))
        .containsExactly(new Row("mine", USER.value()));
    assertThat(factory().getStatistics().getEntityLoadCount()).isZero();
  }

  /** The guard logs an outage once; Hibernate would log each call, with the database's message. */
  @Test
  void rows_databaseFails_throwsSqlExceptionAndHibernateLogsNothing() throws SQLException {
    try (RecordedLog log = new RecordedLog(Level.WARN)) {
      assertThatThrownBy(() -> reader.rows(connection, List.of(USER)))
          .as("without the table")
          .hasRootCauseInstanceOf(SQLException.class);
      connection.close();
      assertThatThrownBy(() -> reader.rows(connection, List.of(USER)))
          .as("on a closed connection")
          .hasRootCauseInstanceOf(SQLException.class);

      assertThat(log.lines()).isEmpty();
    }
  }

  @Test
  void close_preparedReader_closesFactory() {
    SessionFactory factory = factory();

    reader.close();
    reader.close();

    assertThat(factory.isClosed()).isTrue();
    assertThatThrownBy(() -> reader.rows(connection, List.of(USER)))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void factory_cacheOfApplication_isNotUsed() {
    SessionFactoryOptions options =
        factory().unwrap(SessionFactoryImplementor.class).getSessionFactoryOptions();

    assertThat(options.isSecondLevelCacheEnabled()).isFalse();
    assertThat(options.isQueryCacheEnabled()).isFalse();
  }

  private SessionFactory factory() {
    return (SessionFactory) ReflectionTestUtils.getField(reader, "factory");
  }
}
