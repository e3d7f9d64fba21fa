package io.github.kameleoonservlet.internal.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kameleoonservlet.identity.StoreMisconfiguredException;
import io.github.kameleoonservlet.identity.StoreUnavailableException;
import io.github.kameleoonservlet.identity.UserKey;
import io.github.kameleoonservlet.identity.VisitorCode;
import io.github.kameleoonservlet.testing.IsolatedApplication;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests which drivers a store leaves to an application with a separate class loader. */
class DriverRegistrationsTest {

  @TempDir Path folder;

  @BeforeEach
  void silenceTheApplication() throws Exception {
    IsolatedApplication.silence(folder);
  }

  @Test
  void open_databaseDown_jdbcOfApplicationWorks() throws Exception {
    for (String driver : List.of("org.postgresql.Driver", "org.h2.Driver")) {
      try (IsolatedApplication application = new IsolatedApplication(folder)) {
        assertThat(application.run(UsesDriverManagerInAnOutage.class, driver)).isEqualTo(true);
      }
    }
  }

  @Test
  void open_unknownUrl_jdbcOfApplicationWorks() throws Exception {
    try (IsolatedApplication application = new IsolatedApplication(folder)) {
      assertThat(application.run(OpensInVain.class, "jdbc:oracle:thin:@db"))
          .isEqualTo(StoreMisconfiguredException.class.getSimpleName());

      assertThat(application.run(UsesDriverManager.class, "org.h2.Driver")).isEqualTo(true);
    }
  }

  @Test
  void open_h2_loadsNoOtherDriver() throws Exception {
    try (IsolatedApplication application = new IsolatedApplication(folder)) {
      application.run(LinksOnce.class, "mem:one-driver");

      assertThat(application.run(LoadedDrivers.class, "")).isEqualTo(List.of());
    }
  }

  @Test
  void open_brokenDriverServiceFile_opens() throws Exception {
    Path services = folder.resolve("META-INF/services");
    Files.createDirectories(services);
    Files.writeString(services.resolve("java.sql.Driver"), "none.such.Driver\n%broken line%\n");
    try (IsolatedApplication application = new IsolatedApplication(folder)) {
      assertThat(application.run(LinksOnce.class, "mem:broken-services")).isEqualTo("linked");
    }
  }

  @Test
  void close_applicationUsedTheDriver_driverStaysRegistered() throws Exception {
    try (IsolatedApplication application = new IsolatedApplication(folder)) {
      assertThat(application.run(UsesDriverManagerMeanwhile.class, "mem:used")).isEqualTo(true);
    }
  }

  @Test
  void close_applicationConnectedInOutage_driverStaysRegistered() throws Exception {
    try (IsolatedApplication application = new IsolatedApplication(folder)) {
      assertThat(application.run(ConnectsInAnOutage.class, "")).isEqualTo("refused refused");
    }
  }

  @Test
  void connect_throughRegisteredWrapper_keepsVendorDriver() throws Exception {
    try (IsolatedApplication application = new IsolatedApplication(folder)) {
      assertThat(application.run(FindsDriver.class, "mem:vendor")).isEqualTo("org.h2.Driver");
    }
  }

  @Test
  void close_applicationLoadedOtherDriver_otherDriverStaysRegistered() throws Exception {
    try (IsolatedApplication application = new IsolatedApplication(folder)) {
      assertThat(application.run(OpensInVain.class, "jdbc:x:" + Loading.class.getName()))
          .isEqualTo(StoreUnavailableException.class.getSimpleName());

      assertThat(application.run(LoadedDrivers.class, ""))
          .isEqualTo(List.of(LoadedByTheApplication.class.getName()));
    }
  }

  @Test
  void close_applicationLoadedDriverBefore_driverStaysRegistered() throws Exception {
    try (IsolatedApplication application = new IsolatedApplication(folder)) {
      assertThat(application.run(UsesDriverManager.class, "org.h2.Driver")).isEqualTo(true);
      application.run(LinksOnce.class, "mem:before");

      // The first use of DriverManager in a JVM loads the application's other drivers.
      assertThat(application.run(LoadedDrivers.class, "").toString()).contains("org.h2.Driver");
      assertThat(application.run(UsesDriverManager.class, "org.h2.Driver")).isEqualTo(true);
    }
  }

  @Test
  void open_afterCloseInSameClassLoader_jdbcOfApplicationWorks() throws Exception {
    try (IsolatedApplication application = new IsolatedApplication(folder)) {
      application.run(LinksOnce.class, "mem:first");

      assertThat(application.run(UsesDriverManagerMeanwhile.class, "mem:second")).isEqualTo(true);
    }
  }

  @Test
  void close_applicationUsedNoDriver_leavesNoDriverThreadOrClassLoader() throws Exception {
    IsolatedApplication.awaitGone(usedAndClosed());
  }

  /** A separate method, so that no local variable holds the class loader. */
  private WeakReference<ClassLoader> usedAndClosed() throws Exception {
    try (IsolatedApplication application = new IsolatedApplication(folder)) {
      application.run(LinksOnce.class, folder.resolve("codes").toString());
      assertThat(application.run(LoadedDrivers.class, "")).isEqualTo(List.of());
      return application.withoutThreads();
    }
  }

  /** Opens a store, links a user, and closes the store. */
  public static final class LinksOnce {

    private LinksOnce() {}

    public static Object run(String database) {
      UserKey user = new UserKey("a".repeat(64));
      try (JdbcVisitorCodeStore store = open("jdbc:h2:" + database)) {
        store.link(user, new VisitorCode("code"));
        store.find(user).orElseThrow();
        return store.erase(user) ? "linked" : "not erased";
      }
    }
  }

  /** Tries to open a store; returns the class of the fault. */
  public static final class OpensInVain {

    private OpensInVain() {}

    public static Object run(String url) {
      String driver = url.startsWith("jdbc:x:") ? url.substring("jdbc:x:".length()) : null;
      try (JdbcDatabase database = JdbcDatabase.of(url, null, null, driver)) {
        JdbcVisitorCodeStore.open(database, SchemaMode.CREATE);
        return "opened";
      } catch (StoreUnavailableException | StoreMisconfiguredException e) {
        return e.getClass().getSimpleName();
      }
    }
  }

  /** Uses the driver manager while a store waits for its database; returns whether it can. */
  public static final class UsesDriverManagerInAnOutage {

    private UsesDriverManagerInAnOutage() {}

    public static Object run(String driver) throws Exception {
      String url = "jdbc:postgresql://127.0.0.1:1/db";
      try (JdbcDatabase database = JdbcDatabase.of(url, null, null, null)) {
        for (int attempt = 0; attempt < 2; attempt++) {
          try {
            JdbcVisitorCodeStore.open(database, SchemaMode.CREATE);
            return "opened";
          } catch (StoreUnavailableException e) {
            // The expected result.
          }
        }
        return UsesDriverManager.run(driver);
      }
    }
  }

  /** Uses the driver manager while a store is open; returns whether it can do so afterwards. */
  public static final class UsesDriverManagerMeanwhile {

    private UsesDriverManagerMeanwhile() {}

    public static Object run(String database) throws Exception {
      try (JdbcVisitorCodeStore store = open("jdbc:h2:" + database)) {
        store.find(new UserKey("a".repeat(64)));
        if (!UsesDriverManager.run("org.h2.Driver")) {
          return false;
        }
      }
      return UsesDriverManager.run("org.h2.Driver");
    }
  }

  /** Connects while the database is down, and again after the store is closed. */
  public static final class ConnectsInAnOutage {

    private ConnectsInAnOutage() {}

    public static Object run(String unused) throws Exception {
      String url = "jdbc:postgresql://127.0.0.1:1/db";
      String first;
      try (JdbcDatabase database = JdbcDatabase.of(url, null, null, null)) {
        try {
          JdbcVisitorCodeStore.open(database, SchemaMode.CREATE);
          return "opened";
        } catch (StoreUnavailableException e) {
          first = connect(url);
        }
      }
      return first + " " + connect(url);
    }

    private static String connect(String url) {
      try {
        DriverManager.getConnection(url, "app", "secret").close();
        return "connected";
      } catch (SQLException e) {
        return e.getMessage().startsWith("No suitable driver") ? "no driver" : "refused";
      }
    }
  }

  /** Connects once while a store is open; returns the class of the driver found afterwards. */
  public static final class FindsDriver {

    private FindsDriver() {}

    public static Object run(String database) throws Exception {
      JdbcVisitorCodeStore store = open("jdbc:h2:" + database);
      try {
        UsesDriverManager.run("org.h2.Driver");
        return DriverManager.getDriver("jdbc:h2:mem:x").getClass().getName();
      } finally {
        store.close();
      }
    }
  }

  /** A driver during whose loading the application loads another one. */
  public static final class Loading extends LoadedByTheApplication {

    static {
      try {
        DriverManager.registerDriver(new LoadedByTheApplication());
        DriverManager.registerDriver(new Loading());
      } catch (SQLException e) {
        throw new ExceptionInInitializerError(e);
      }
    }
  }

  /** A driver that opens no connection. */
  public static class LoadedByTheApplication extends FakeDriver {

    @Override
    public Connection connect(String url, Properties info) throws SQLException {
      throw new SQLException("down", "08001");
    }

    @Override
    public boolean acceptsURL(String url) {
      return false;
    }
  }

  /** Finds a driver by the driver manager, as old applications do. */
  public static final class UsesDriverManager {

    private UsesDriverManager() {}

    public static boolean run(String driver) throws Exception {
      Class.forName(driver);
      if (driver.startsWith("org.postgresql")) {
        return DriverManager.getDriver("jdbc:postgresql:db") != null;
      }
      try (Connection connection = DriverManager.getConnection("jdbc:h2:mem:applications")) {
        return connection.isValid(1);
      } catch (SQLException e) {
        return false;
      }
    }
  }

  /** Returns the classes of this application that the driver manager holds. */
  public static final class LoadedDrivers {

    private LoadedDrivers() {}

    public static Object run(String unused) {
      return DriverManager.drivers()
          .map(Object::getClass)
          .filter(type -> type.getClassLoader() == LoadedDrivers.class.getClassLoader())
          .map(Class::getName)
          .toList();
    }
  }

  static JdbcVisitorCodeStore open(String url) {
    return PatientOpening.open(JdbcDatabase.of(url, null, null, null), SchemaMode.CREATE);
  }
}
