package io.github.kameleoonservlet.internal.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import io.github.kameleoonservlet.identity.UserKey;
import io.github.kameleoonservlet.identity.VisitorCode;
import io.github.kameleoonservlet.identity.VisitorCodeStore;
import io.github.kameleoonservlet.identity.VisitorCodeStore.LinkResult;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.TimeZone;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * Adds tests for MariaDB; each subclass uses another driver or another configuration of the server.
 */
@Tag("mariadb")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class MariaDbStoreContract extends JdbcStoreContract {

  private static final String WAITING =
      " from information_schema.innodb_trx where trx_state = 'LOCK WAIT'";

  private final String scheme;
  private final String[] options;
  private MariaDbServer server;
  private VisitorCodeStore store;

  /**
   * Sets the driver and the configuration of the subclass.
   *
   * @param scheme the beginning of the driver's URLs
   * @param options more options of the server
   */
  MariaDbStoreContract(String scheme, String... options) {
    this.scheme = scheme;
    this.options = options;
  }

  @BeforeAll
  void open() throws Exception {
    server = MariaDbServer.start(options);
    server.create("codes");
    store = open("");
  }

  /** A server may log the errors of its clients; these lines must not contain a code. */
  @AfterAll
  void noCodeInTheServersLog() throws Exception {
    store.close();
    List<String> lines = server.log().lines().toList();
    server.close();

    assertThat(lines)
        .noneMatch(line -> CODE_OR_KEY.matcher(line).find())
        .noneMatch(line -> line.contains("kameleoon-probe"));
  }

  private JdbcVisitorCodeStore open(String parameters) {
    return JdbcVisitorCodeStore.open(database("codes" + parameters), SchemaMode.CREATE);
  }

  private JdbcDatabase database(String path) {
    return JdbcDatabase.of(
        server.url(scheme, path), MariaDbServer.USER, MariaDbServer.PASSWORD, null);
  }

  @RepeatedTest(3)
  void create_manyNodesAtOnce_allOpen() throws Exception {
    server.create("empty");

    SchemaTest.createAtOnce(() -> database("empty"));
  }

  /**
   * A session of MariaDB may begin with an old snapshot; the store must read the links of other
   * sessions in spite of it.
   */
  @Test
  void link_poolWithoutAutoCommit_readsLinksOfOthers() throws Exception {
    try (Connection connection = anotherConnection()) {
      connection.setAutoCommit(false);
      try (JdbcVisitorCodeStore given =
          JdbcVisitorCodeStore.open(
              JdbcDatabase.of(new OneConnection(connection)), SchemaMode.VALIDATE)) {
        UserKey user = user();
        VisitorCode code = code();
        assertThat(given.find(user)).isEmpty();

        store.link(user, code);

        assertThat(given.find(user)).contains(code);
        assertThat(given.link(user, code())).isEqualTo(LinkResult.USER_LINKED);
        assertThat(given.link(user(), code)).isEqualTo(LinkResult.CODE_TAKEN);
        assertThat(given.link(user(), code())).isEqualTo(LinkResult.LINKED);
      }
    }
  }

  @Test
  void link_lockWaitTimesOut_readsWinningLink() throws Exception {
    UserKey user = user();
    try (JdbcVisitorCodeStore impatient = open("?sessionVariables=innodb_lock_wait_timeout=3");
        Connection other = anotherConnection();
        Connection watcher = anotherConnection();
        PreparedStatement insert = other.prepareStatement(DatabaseProduct.OTHER.insert())) {
      other.setAutoCommit(false);
      LinkTable.bind(insert, code().value(), user.value());
      insert.executeUpdate();
      CompletableFuture<LinkResult> result = new CompletableFuture<>();
      new Thread(() -> result.completeAsync(() -> impatient.link(user, code()), Runnable::run))
          .start();
      String first = await().until(() -> waiting(watcher), id -> id != null);
      await().until(() -> waiting(watcher), id -> id != null && !id.equals(first));
      other.commit();

      assertThat(result.get()).isEqualTo(LinkResult.USER_LINKED);
    }
  }

  /** Returns the id of the transaction that waits for a lock, or null. */
  private static String waiting(Connection watcher) throws SQLException {
    try (Statement statement = watcher.createStatement();
        ResultSet ids = statement.executeQuery("select trx_id" + WAITING)) {
      return ids.next() ? ids.getString(1) : null;
    }
  }

  @Test
  void link_serverAndSessionInOtherTimeZones_storesTimeInUtc() throws SQLException {
    VisitorCode code = code();
    TimeZone before = TimeZone.getDefault();
    TimeZone.setDefault(TimeZone.getTimeZone("America/Los_Angeles"));
    try (JdbcVisitorCodeStore elsewhere = open("?sessionVariables=time_zone='-11:00'")) {
      elsewhere.link(user(), code);
    } finally {
      TimeZone.setDefault(before);
    }

    try (Connection connection = anotherConnection();
        PreparedStatement select =
            connection.prepareStatement(
                "select cast(linked_at as char) from kameleoon_visitor_code where code = ?")) {
      select.setString(1, code.value());
      ResultSet rows = select.executeQuery();
      assertThat(rows.next()).isTrue();
      assertThat(LocalDateTime.parse(rows.getString(1).replace(' ', 'T')))
          .isCloseTo(LocalDateTime.now(ZoneOffset.UTC), within(1, ChronoUnit.HOURS));
    }
  }

  @Test
  void open_passwordInUrl_isNotLogged() {
    String credentials = "?user=" + MariaDbServer.USER + "&password=" + MariaDbServer.PASSWORD;

    assertNotLogged(MariaDbServer.PASSWORD, server.url(scheme, "codes" + credentials));
  }

  @Override
  protected VisitorCodeStore store() {
    return store;
  }

  @Override
  protected Connection anotherConnection() throws SQLException {
    return server.connection(scheme, "codes");
  }

  @Override
  protected String countOfWaitingSessions() {
    return "select count(*)" + WAITING;
  }
}
