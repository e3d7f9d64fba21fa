package io.github.kameleoonservlet.internal.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.github.kameleoonservlet.identity.RenameResult;
import io.github.kameleoonservlet.identity.StoreMisconfiguredException;
import io.github.kameleoonservlet.identity.StoreUnavailableException;
import io.github.kameleoonservlet.identity.UserKey;
import io.github.kameleoonservlet.identity.VisitorCode;
import io.github.kameleoonservlet.identity.VisitorCodeStore;
import io.github.kameleoonservlet.identity.VisitorCodeStore.LinkResult;
import io.github.kameleoonservlet.internal.guard.SteeredCache;
import io.github.kameleoonservlet.testing.RecordedLog;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TimeZone;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import java.util.logging.StreamHandler;
import javax.sql.DataSource;
import net.ttddyy.dsproxy.QueryCountHolder;
import net.ttddyy.dsproxy.support.ProxyDataSource;
import net.ttddyy.dsproxy.support.ProxyDataSourceBuilder;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JdbcVisitorCodeStoreTest {

  private static final UserKey USER = new UserKey("a".repeat(64));
  private static final UserKey OTHER = new UserKey("b".repeat(64));
  private static final VisitorCode CODE = new VisitorCode("code");

  private final Set<Thread> before = Thread.getAllStackTraces().keySet();
  private final JdbcDataSource h2 = new JdbcDataSource();
  private Connection keepsTheDatabase;

  @BeforeEach
  void openDatabase() throws SQLException {
    h2.setURL("jdbc:h2:mem:" + System.nanoTime());
    keepsTheDatabase = h2.getConnection();
  }

  @AfterEach
  void closeDatabase() throws SQLException {
    keepsTheDatabase.close();
  }

  @Test
  void find_secondTime_runsNoStatement() {
    try (JdbcVisitorCodeStore store = open(counting(h2))) {
      VisitorCodeStore cached = SteeredCache.before(store);
      store.link(USER, CODE);
      QueryCountHolder.clear();

      assertThat(cached.find(USER)).contains(CODE);
      assertThat(QueryCountHolder.getGrandTotal().getTotal()).isEqualTo(1);
      assertThat(cached.find(USER)).contains(CODE);
      assertThat(QueryCountHolder.getGrandTotal().getTotal()).isEqualTo(1);
    }
  }

  @Test
  void find_importedRowWithInvalidCode_isEmptyAndLogsOnce() throws SQLException {
    try (RecordedLog log = new RecordedLog(Level.INFO);
        JdbcVisitorCodeStore store = open(h2)) {
      assertThat(store.find(USER)).isEmpty();
      try (PreparedStatement insert =
          keepsTheDatabase.prepareStatement(
              "insert into kameleoon_visitor_code values ('_js_imported', ?, now())")) {
        insert.setString(1, USER.value());
        insert.executeUpdate();
      }

      for (int i = 0; i < 3; i++) {
        assertThat(store.find(USER)).isEmpty();
      }
      assertThat(store.link(USER, CODE)).isEqualTo(LinkResult.USER_LINKED);
      assertThat(log.complaints()).singleElement().asString().contains("not valid");
      assertThat(log.lines()).noneMatch(line -> line.contains("imported"));
      assertThat(store.rename(USER, OTHER)).isEqualTo(RenameResult.RENAMED);
      assertThat(store.erase(OTHER)).isTrue();
      assertThat(store.link(USER, CODE)).isEqualTo(LinkResult.LINKED);
    }
  }

  /** H2 drops such a database when the last connection is closed. */
  @Test
  void find_afterFaultOfMemoryDatabase_returnsCode() throws SQLException {
    String url = "jdbc:h2:mem:of-the-pool";
    try (JdbcVisitorCodeStore store =
        JdbcVisitorCodeStore.open(JdbcDatabase.of(url, null, null, null), SchemaMode.CREATE)) {
      store.link(USER, CODE);
      execute(url, "alter table kameleoon_visitor_code rename to elsewhere");
      assertThatThrownBy(() -> store.find(USER)).isInstanceOf(StoreUnavailableException.class);
      execute(url, "alter table elsewhere rename to kameleoon_visitor_code");

      assertThat(store.find(USER)).contains(CODE);
    }
  }

  private static void execute(String url, String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Test
  void link_newUser_runsTwoStatementsAndOneCheckpoint() {
    try (JdbcVisitorCodeStore store = open(counting(h2))) {
      store.find(USER);
      QueryCountHolder.clear();

      store.link(USER, CODE);

      assertThat(QueryCountHolder.getGrandTotal().getSelect()).isEqualTo(1);
      assertThat(QueryCountHolder.getGrandTotal().getInsert()).isEqualTo(1);
      assertThat(QueryCountHolder.getGrandTotal().getTotal()).isEqualTo(3);
    }
  }

  @Test
  void eraseAndRename_linkedUser_areWrittenToDisk() {
    try (JdbcVisitorCodeStore store = open(counting(h2))) {
      store.link(USER, CODE);
      QueryCountHolder.clear();

      store.rename(USER, OTHER);
      assertThat(QueryCountHolder.getGrandTotal().getOther()).as("checkpoints").isEqualTo(1);
      store.erase(OTHER);
      assertThat(QueryCountHolder.getGrandTotal().getOther()).as("checkpoints").isEqualTo(2);
    }
  }

  @Test
  void find_validatedTable_isNotValidatedAgain() {
    createTable();
    try (JdbcVisitorCodeStore store =
        JdbcVisitorCodeStore.open(JdbcDatabase.of(counting(h2)), SchemaMode.VALIDATE)) {
      QueryCountHolder.clear();

      store.find(USER);

      assertThat(QueryCountHolder.getGrandTotal().getTotal()).isEqualTo(1);
    }
  }

  @Test
  void reader_ofStore_isPreparedUsedAndClosedWithIt() {
    List<String> calls = new ArrayList<>();
    LinkReader reader =
        new LinkReader() {
          @Override
          public void prepare(Connection connection) {
            calls.add("prepare");
          }

          @Override
          public List<Row> rows(Connection connection, List<UserKey> users) throws SQLException {
            calls.add("rows");
            return LinkTable.rows(connection, users);
          }

          @Override
          public void close() {
            calls.add("close");
          }
        };
    createTable();
    JdbcVisitorCodeStore store =
        JdbcVisitorCodeStore.open(JdbcDatabase.of(h2), SchemaMode.VALIDATE, reader);
    assertThat(calls).containsExactly("prepare", "rows");

    store.close();

    assertThat(calls).containsExactly("prepare", "rows", "close");
    assertThatThrownBy(() -> store.find(USER))
        .isInstanceOf(StoreUnavailableException.class)
        .hasMessage("the store is closed");
  }

  @Test
  void call_poolWithoutAutoCommit_commitsEachStatementAndRestoresIt() throws SQLException {
    try (Connection pooled = h2.getConnection();
        JdbcDatabase database = JdbcDatabase.of(new OneConnection(pooled))) {
      pooled.setAutoCommit(false);

      assertThat(database.call(Connection::getAutoCommit)).isTrue();
      assertThat(pooled.getAutoCommit()).isFalse();
    }
  }

  private void createTable() {
    try (JdbcVisitorCodeStore store = open(h2)) {
      store.find(USER);
    }
  }

  @Test
  void isLocal_onlyH2InThisJvm() {
    assertThat(JdbcDatabase.of("jdbc:h2:mem:x", null, null, null).isLocal()).isTrue();
    assertThat(JdbcDatabase.of("jdbc:h2:tcp://db/x", null, null, null).isLocal()).isFalse();
    assertThat(JdbcDatabase.of("jdbc:postgresql://db/x", null, null, null).isLocal()).isFalse();
    assertThat(JdbcDatabase.of(h2).isLocal()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"90020, another process has the H2 file open", "0, the database does not answer"})
  void open_fileOfOtherProcess_namesCause(int code, String message) {
    DataSource inUse =
        new Decorated(h2) {
          @Override
          public Connection getConnection() throws SQLException {
            throw new SQLException("in use", "90020", code);
          }
        };

    assertThatThrownBy(() -> open(inUse))
        .isInstanceOf(StoreUnavailableException.class)
        .hasMessage(message);
  }

  /** The drivers of PostgreSQL before 42.0 and of SQL Server before 7.1 behave like this. */
  @Test
  void link_driverWithoutJavaTime_isLinked() {
    DataSource old =
        new Decorated(h2) {
          @Override
          public Connection getConnection() throws SQLException {
            Connection connection = super.getConnection();
            return JdbcProxy.of(
                Connection.class,
                (called, arguments) -> {
                  Object answer = called.invoke(connection, arguments);
                  return answer instanceof PreparedStatement statement
                      ? withoutJavaTime(statement)
                      : answer;
                });
          }
        };
    try (JdbcVisitorCodeStore store = open(old)) {
      assertThat(store.link(USER, CODE)).isEqualTo(LinkResult.LINKED);
    }
  }

  private static PreparedStatement withoutJavaTime(PreparedStatement statement) {
    return JdbcProxy.of(
        PreparedStatement.class,
        (called, arguments) -> {
          if (called.getName().equals("setObject")) {
            throw new InvocationTargetException(
                new SQLException("Can't infer the SQL type to use", "07006"));
          }
          return called.invoke(statement, arguments);
        });
  }

  @Test
  void link_serverInOtherTimeZone_storesTimeInUtc() throws SQLException {
    TimeZone before = TimeZone.getDefault();
    TimeZone.setDefault(TimeZone.getTimeZone("Asia/Tokyo"));
    try (JdbcVisitorCodeStore store = open(h2)) {
      store.link(USER, CODE);
    } finally {
      TimeZone.setDefault(before);
    }

    try (ResultSet rows =
        keepsTheDatabase
            .createStatement()
            .executeQuery("select linked_at from kameleoon_visitor_code")) {
      assertThat(rows.next()).isTrue();
      assertThat(rows.getObject(1, LocalDateTime.class))
          .isCloseTo(LocalDateTime.now(ZoneOffset.UTC), within(1, ChronoUnit.HOURS));
    }
  }

  @Test
  void erase_linkedUser_rowKeepsCodeOnly() throws SQLException {
    try (JdbcVisitorCodeStore store = open(h2)) {
      store.link(USER, CODE);
      store.erase(USER);
    }

    try (ResultSet rows =
        keepsTheDatabase
            .createStatement()
            .executeQuery("select code, user_key from kameleoon_visitor_code")) {
      assertThat(rows.next()).isTrue();
      assertThat(rows.getString("code")).isEqualTo(CODE.value());
      assertThat(rows.getString("user_key")).isNull();
    }
  }

  @Test
  void find_databaseReturns_answersWithoutLogLine() {
    AtomicBoolean gone = new AtomicBoolean();
    DataSource dataSource =
        new Decorated(h2) {
          @Override
          public Connection getConnection() throws SQLException {
            if (gone.get()) {
              throw new SQLException("gone", "08001");
            }
            return super.getConnection();
          }
        };
    try (JdbcVisitorCodeStore store = open(dataSource);
        RecordedLog log = new RecordedLog(Level.INFO)) {
      store.link(USER, CODE);
      gone.set(true);

      assertThatThrownBy(() -> store.find(USER)).isInstanceOf(StoreUnavailableException.class);
      assertThatThrownBy(() -> store.link(OTHER, new VisitorCode("other")))
          .isInstanceOf(StoreUnavailableException.class);
      assertThat(log.lines()).isEmpty();

      gone.set(false);
      assertThat(store.find(USER)).contains(CODE);
    }
  }

  /** PostgreSQL fails like this at the isolation level SERIALIZABLE. */
  @ParameterizedTest
  @ValueSource(strings = {"prepareStatement", "createStatement"})
  void link_raceLostAtAnyStatement_isRetried(String method) {
    AtomicInteger lost = new AtomicInteger();
    DataSource strict =
        new Decorated(h2) {
          @Override
          public Connection getConnection() throws SQLException {
            Connection connection = super.getConnection();
            return JdbcProxy.of(
                Connection.class,
                (called, arguments) -> {
                  if (called.getName().equals(method) && lost.getAndDecrement() > 0) {
                    throw new InvocationTargetException(new SQLException("serialize", "40001"));
                  }
                  return called.invoke(connection, arguments);
                });
          }
        };
    try (JdbcVisitorCodeStore store = open(strict)) {
      store.find(USER);
      lost.set(2);

      assertThat(store.link(USER, CODE)).isEqualTo(LinkResult.LINKED);
      assertThat(lost.get()).isNotPositive();
      assertThat(store.find(USER)).contains(CODE);
    }
  }

  @Tag("slow")
  @Test
  void open_databaseDown_throwsWithoutLogLineAndLeavesNothing() {
    JdbcDatabase database =
        JdbcDatabase.of("jdbc:postgresql://127.0.0.1:1/db?password=hush", "me", "hush", null);
    try (RecordedLog log = new RecordedLog(Level.DEBUG)) {
      assertThatThrownBy(() -> JdbcVisitorCodeStore.open(database, SchemaMode.CREATE))
          .isInstanceOf(StoreUnavailableException.class);

      assertThat(log.complaints()).isEmpty();
      assertThat(String.join("\n", log.lines())).doesNotContain("hush");
    }
    database.close();
    awaitNoThread();
  }

  @Test
  void open_interrupted_leavesNoThread() {
    JdbcDatabase database = JdbcDatabase.of("jdbc:postgresql://127.0.0.1:1/db", "me", null, null);
    Thread.currentThread().interrupt();

    assertThatThrownBy(() -> JdbcVisitorCodeStore.open(database, SchemaMode.CREATE))
        .isInstanceOf(StoreUnavailableException.class);
    assertThat(Thread.interrupted()).as("the interrupt stays").isTrue();
    database.close();
    awaitNoThread();
  }

  private void awaitNoThread() {
    await()
        .untilAsserted(
            () ->
                assertThat(Thread.getAllStackTraces().keySet())
                    .filteredOn(thread -> !before.contains(thread))
                    .extracting(Thread::getName)
                    .noneMatch(name -> name.startsWith("kameleoon-servlet")));
  }

  @ParameterizedTest
  @ValueSource(strings = {";USER=sa;PASSWORD=hush", ";IFEXISTS=FALSE;USER=sa;PASSWORD=hush"})
  void open_passwordInUrl_isNotLogged(String parameters) throws SQLException {
    JdbcDatabase database = JdbcDatabase.of("jdbc:h2:mem:hush" + parameters, null, null, null);
    try (RecordedLog log = new RecordedLog(Level.DEBUG)) {
      JdbcVisitorCodeStore.open(database, SchemaMode.CREATE).close();

      assertThat(log.lines()).isNotEmpty().noneMatch(line -> line.contains("PASSWORD=hush"));
    }
  }

  @Test
  void open_noDriver_isMisconfiguredWithoutUrlInMessage() {
    JdbcDatabase database = JdbcDatabase.of("jdbc:oracle:thin:scott/tiger@host", null, null, null);

    assertThatThrownBy(() -> JdbcVisitorCodeStore.open(database, SchemaMode.CREATE))
        .isInstanceOf(StoreMisconfiguredException.class)
        .hasMessageContaining("the JDBC driver oracle.jdbc.OracleDriver cannot be loaded")
        .hasMessageNotContaining("tiger");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdbc:postgresql://me:hush@host/db",
        "jdbc:postgresql://me:hu/sh@host/db",
        "jdbc:postgresql://me:hush/1@host",
        "jdbc:postgresql://me:hush?1@host/db",
        "jdbc:postgresql://me:1,hush@host:5432/db",
        "jdbc:postgresql://host?user=me&password=hush",
        "jdbc:postgresql://host:5432?user=me&password=hush"
      })
  void open_malformedPostgresUrl_doesNotCallDriver(String url) {
    List<String> lines = new CopyOnWriteArrayList<>();
    Handler handler =
        new StreamHandler() {
          @Override
          public void publish(LogRecord line) {
            lines.add(new SimpleFormatter().format(line));
          }
        };
    // The driver logs through java.util.logging.
    Logger drivers = Logger.getLogger("org.postgresql");
    drivers.addHandler(handler);
    try {
      assertThatThrownBy(
              () ->
                  JdbcVisitorCodeStore.open(
                      JdbcDatabase.of(url, null, null, null), SchemaMode.NONE))
          .isInstanceOf(StoreMisconfiguredException.class)
          .hasMessageContaining("jdbcPassword")
          .hasMessageNotContaining("hu");
      assertThat(lines).isEmpty();
    } finally {
      drivers.removeHandler(handler);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdbc:postgresql://",
        "jdbc:postgresql:///db",
        "jdbc:postgresql:db",
        "jdbc:postgresql:db?user=me",
        "jdbc:postgresql://host/",
        "jdbc:postgresql://host/db?password=a/b@c?d",
        "jdbc:postgresql://[::1]:5432,host,other:1/db?user=me"
      })
  void driver_wellFormedPostgresUrl_isPostgresDriver(String url) {
    assertThat(new JdbcUrl(url).driver(null)).isEqualTo("org.postgresql.Driver");
  }

  @Test
  void open_unknownUrl_isMisconfiguredAndNamesSetting() {
    assertThatThrownBy(() -> JdbcVisitorCodeStore.open(at("jdbc:hush:x"), SchemaMode.CREATE))
        .isInstanceOf(StoreMisconfiguredException.class)
        .hasMessageContaining("jdbcDriver")
        .hasMessageNotContaining("hush");
  }

  @ParameterizedTest
  @ValueSource(strings = {"java.lang.String", "none.such.Driver"})
  void open_classNotDriver_isMisconfiguredAndNamesClass(String driver) {
    JdbcDatabase database = JdbcDatabase.of("jdbc:h2:mem:none", null, null, driver);

    assertThatThrownBy(() -> JdbcVisitorCodeStore.open(database, SchemaMode.CREATE))
        .isInstanceOf(StoreMisconfiguredException.class)
        .hasMessageContaining(driver);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdbc:h2:mem:refused;NO_SUCH_SETTING=1",
        "jdbc:h2:relative/path",
        "jdbc:h2:file:/tmp/never-opened;AUTO_SERVER=TRUE;DB_CLOSE_ON_EXIT=FALSE"
      })
  void open_databaseRefusesUrl_isMisconfigured(String url) {
    try (JdbcDatabase database = at(url)) {
      assertThatThrownBy(() -> JdbcVisitorCodeStore.open(database, SchemaMode.CREATE))
          .isInstanceOf(StoreMisconfiguredException.class)
          .hasMessageContaining("refuses the URL")
          .hasMessageNotContainingAny("jdbc:", "NO_SUCH_SETTING", "relative", "AUTO_SERVER");
    }
  }

  @Test
  void open_driverOfOtherDatabase_isMisconfigured() {
    try (JdbcDatabase database =
        JdbcDatabase.of("jdbc:postgresql:db", null, null, "org.h2.Driver")) {
      assertThatThrownBy(() -> JdbcVisitorCodeStore.open(database, SchemaMode.CREATE))
          .isInstanceOf(StoreMisconfiguredException.class)
          .hasMessageContaining("org.h2.Driver does not accept the URL");
    }
  }

  private static JdbcDatabase at(String url) {
    return JdbcDatabase.of(url, null, null, null);
  }

  @Test
  void open_twoDatabasesAtOnce_keepSeparateLinks() {
    try (JdbcVisitorCodeStore one = open(h2);
        JdbcVisitorCodeStore two =
            JdbcVisitorCodeStore.open(
                JdbcDatabase.of(h2.getURL() + "-other", null, null, null), SchemaMode.CREATE)) {
      one.link(USER, CODE);

      assertThat(one.find(USER)).contains(CODE);
      assertThat(two.find(USER)).isEmpty();
    }
  }

  @Test
  void close_givenDataSource_staysOpen() throws SQLException {
    try (HikariDataSource pool = poolOf(2)) {
      JdbcVisitorCodeStore store = open(pool);
      store.close();
      store.close();

      assertThat(pool.isClosed()).isFalse();
      pool.getConnection().close();
    }
  }

  @Test
  void link_poolWithOneConnectionWithoutAutoCommit_isLinked() {
    try (HikariDataSource pool = poolOf(1);
        JdbcVisitorCodeStore store = open(pool)) {
      assertThat(store.link(USER, CODE)).isEqualTo(LinkResult.LINKED);
      assertThat(store.link(OTHER, CODE)).isEqualTo(LinkResult.CODE_TAKEN);
      assertThat(store.find(USER)).contains(CODE);
    }
  }

  @Test
  void find_poolWithTimeout_keepsTimeoutOfApplication() {
    AtomicInteger changes = new AtomicInteger();
    DataSource pool =
        new OneConnection(
            intercepted(
                (method, arguments) -> {
                  if (method.equals("setNetworkTimeout")) {
                    changes.incrementAndGet();
                  }
                  return method.equals("getNetworkTimeout") ? 30_000 : null;
                }));
    try (JdbcVisitorCodeStore store = open(pool)) {
      store.find(USER);

      assertThat(changes).hasValue(0);
    }
  }

  @Test
  void openAndFind_poolWithoutTimeouts_limitEachStatement() {
    List<Integer> timeouts = new CopyOnWriteArrayList<>();
    AtomicInteger timeout = new AtomicInteger();
    DataSource pool =
        new OneConnection(
            intercepted(
                (method, arguments) -> {
                  switch (method) {
                    case "setNetworkTimeout" -> timeout.set((int) arguments[1]);
                    case "prepareStatement", "createStatement", "commit", "getMetaData" ->
                        timeouts.add(timeout.get());
                    default -> {}
                  }
                  return method.equals("getNetworkTimeout") ? timeout.get() : null;
                }));
    try (JdbcVisitorCodeStore store = open(pool)) {
      assertThat(timeout).as("as the application has it").hasValue(0);
      store.link(USER, CODE);
      store.find(USER);

      assertThat(timeouts).hasSizeGreaterThan(10).doesNotContain(0);
      assertThat(timeout).as("as the application has it").hasValue(0);
    }
  }

  @Test
  void find_outOfMemory_returnsConnectionUnchanged() throws SQLException {
    AtomicBoolean memoryShort = new AtomicBoolean();
    Connection connection =
        intercepted(
            (method, arguments) -> {
              if (memoryShort.get() && method.equals("prepareStatement")) {
                throw new OutOfMemoryError("Java heap space");
              }
              return null;
            });
    try (JdbcVisitorCodeStore store = open(new OneConnection(connection))) {
      store.link(USER, CODE);
      memoryShort.set(true);
      assertThatThrownBy(() -> store.find(USER));
      memoryShort.set(false);

      assertThat(connection.getAutoCommit()).isTrue();
      assertThat(store.find(USER)).contains(CODE);
    }
  }

  /**
   * Returns a connection that calls {@code first}, and then the real connection if the result is
   * null.
   */
  private Connection intercepted(BiFunction<String, Object[], Object> first) {
    return (Connection)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {Connection.class},
            (proxy, method, arguments) -> {
              Object answer = first.apply(method.getName(), arguments);
              return answer == null ? method.invoke(keepsTheDatabase, arguments) : answer;
            });
  }

  private HikariDataSource poolOf(int size) {
    HikariConfig config = new HikariConfig();
    config.setDataSource(h2);
    config.setMaximumPoolSize(size);
    config.setConnectionTimeout(5_000);
    config.setAutoCommit(false);
    return new HikariDataSource(config);
  }

  private static ProxyDataSource counting(DataSource dataSource) {
    return ProxyDataSourceBuilder.create(dataSource).countQuery().build();
  }

  private static JdbcVisitorCodeStore open(DataSource dataSource) {
    return JdbcVisitorCodeStore.open(JdbcDatabase.of(dataSource), SchemaMode.CREATE);
  }
}
