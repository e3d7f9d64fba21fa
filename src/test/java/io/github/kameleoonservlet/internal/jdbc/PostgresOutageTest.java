package io.github.kameleoonservlet.internal.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import io.github.kameleoonservlet.identity.StoreUnavailableException;
import io.github.kameleoonservlet.identity.UserKey;
import io.github.kameleoonservlet.identity.VisitorCode;
import io.github.kameleoonservlet.identity.VisitorCodeStore;
import io.github.kameleoonservlet.testing.FreePorts;
import io.github.kameleoonservlet.testing.RecordedLog;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.net.SocketTimeoutException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Tests connections that break or no longer respond, of the store and of an application's pool. */
class PostgresOutageTest {

  private static final UserKey USER = new UserKey("a".repeat(64));

  private static EmbeddedPostgres postgres;

  @BeforeAll
  static void start() throws Exception {
    postgres = EmbeddedPostgres.builder().setPort(FreePorts.next()).start();
    try (Connection admin = postgres.getPostgresDatabase().getConnection();
        Statement statement = admin.createStatement()) {
      // In an empty schema the store creates its table later.
      statement.execute("create table shop_order (id int)");
    }
    PatientOpening.open(at("postgres"), SchemaMode.CREATE).close();
  }

  @AfterAll
  static void stop() throws Exception {
    postgres.close();
  }

  @Test
  @Timeout(value = 600, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void find_poolWithoutTimeouts_failsWhenDatabaseDoesNotRespond() throws Exception {
    // The connection has no time-out, as in most applications.
    Connection pooled = postgres.getPostgresDatabase().getConnection();
    pooled.setNetworkTimeout(Runnable::run, 0);
    DataSource pool = new OneConnection(pooled);
    try (VisitorCodeStore store =
            JdbcVisitorCodeStore.open(JdbcDatabase.of(pool), SchemaMode.CREATE);
        Connection other = postgres.getPostgresDatabase().getConnection();
        Statement statement = other.createStatement()) {
      assertThat(store.find(USER)).isEmpty();
      assertThat(pooled.getNetworkTimeout()).as("as the application has it").isZero();

      // For the caller a locked table has the same effect as a database that does not respond.
      other.setAutoCommit(false);
      statement.execute("lock table kameleoon_visitor_code");

      assertThatThrownBy(() -> store.find(USER))
          .isInstanceOf(StoreUnavailableException.class)
          .hasRootCauseInstanceOf(SocketTimeoutException.class);
      other.rollback();
    } finally {
      pooled.abort(Runnable::run);
    }
  }

  @Test
  void find_connectionBreaks_failsWithoutLogLineAndUsesNewConnection() throws Exception {
    try (RecordedLog log = new RecordedLog(Level.INFO);
        VisitorCodeStore store =
            JdbcVisitorCodeStore.open(
                JdbcDatabase.of(postgres.getJdbcUrl("postgres", "postgres"), null, null, null),
                SchemaMode.CREATE);
        Connection other = postgres.getPostgresDatabase().getConnection();
        Statement statement = other.createStatement()) {
      other.setAutoCommit(false);
      statement.execute("lock table kameleoon_visitor_code");
      CompletableFuture<Optional<VisitorCode>> waiting =
          CompletableFuture.supplyAsync(() -> store.find(USER));
      await().until(() -> endOfWaiting(statement) > 0);

      assertThatThrownBy(waiting::get).hasCauseInstanceOf(StoreUnavailableException.class);
      other.rollback();
      assertThat(store.find(USER)).isEmpty();
      assertThat(log.complaints()).isEmpty();
    }
  }

  @Test
  void link_refusedTwentyTimes_keepsConnection() throws Exception {
    try (Connection admin = postgres.getPostgresDatabase().getConnection();
        Statement statement = admin.createStatement()) {
      statement.execute("create role reader login");
      statement.execute("grant select on kameleoon_visitor_code to reader");
      try (VisitorCodeStore store = JdbcVisitorCodeStore.open(at("reader"), SchemaMode.NONE)) {
        List<Integer> before = sessions(statement);
        for (int i = 0; i < 20; i++) {
          UserKey user = new UserKey("%064x".formatted(i));
          assertThatThrownBy(() -> store.link(user, new VisitorCode("refused")))
              .isInstanceOf(StoreUnavailableException.class);
        }

        assertThat(before).isNotEmpty();
        assertThat(sessions(statement)).containsAll(before).hasSizeLessThanOrEqualTo(4);
      }
    }
  }

  private static JdbcDatabase at(String user) {
    return JdbcDatabase.of(postgres.getJdbcUrl(user, "postgres"), null, null, null);
  }

  private static List<Integer> sessions(Statement statement) throws SQLException {
    List<Integer> ids = new ArrayList<>();
    try (ResultSet rows =
        statement.executeQuery(
            "select pid from pg_stat_activity where usename = 'reader' order by pid")) {
      while (rows.next()) {
        ids.add(rows.getInt(1));
      }
    }
    return ids;
  }

  /** Ends the sessions that wait for a lock, and returns their number. */
  private static int endOfWaiting(Statement statement) throws SQLException {
    try (ResultSet ended =
        statement.executeQuery(
            "select count(pg_terminate_backend(pid)) from pg_locks where not granted")) {
      ended.next();
      return ended.getInt(1);
    }
  }
}
