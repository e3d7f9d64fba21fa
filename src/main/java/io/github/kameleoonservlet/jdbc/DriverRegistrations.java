package io.github.kameleoonservlet.jdbc;

import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The registrations in the JVM's {@link DriverManager} that come with loading a driver.
 *
 * <p>A driver's class registers itself when it is loaded, once. If the application uses {@code
 * Class.forName} and {@code DriverManager.getConnection} later, it relies on that registration,
 * whoever caused it; if it does not, the registration would keep the class loader of an undeployed
 * application. So a witness stands before each registration that our loading caused: a connection
 * that the application gets through it makes the registration the application's, to be left alone.
 * Without one, the registration is taken back.
 *
 * <p>Used by one thread at a time.
 */
final class DriverRegistrations {

  private final Set<Driver> before;
  private final List<Witness> witnesses = new ArrayList<>();

  private DriverRegistrations(Set<Driver> before) {
    this.before = before;
  }

  /** Notes which drivers are registered before a driver is loaded. */
  static DriverRegistrations watch() {
    return new DriverRegistrations(registered());
  }

  /** Puts a witness before each registration that came since, unless the JVM keeps its class. */
  void keepFor(Class<?> loaded) {
    Set<Driver> now = registered();
    for (Driver driver : now) {
      // Another application's driver can make the JDK load this application's of the same name.
      if (!before.contains(driver) && mayBeUnloaded(driver.getClass())) {
        stand(driver);
      }
    }
    // Loaded earlier, and its registration was taken back by then: an application that was
    // restarted in its class loader. The class does not register itself again.
    if (now.stream().noneMatch(driver -> driver.getClass() == loaded) && mayBeUnloaded(loaded)) {
      try {
        stand((Driver) loaded.getConstructor().newInstance());
      } catch (ReflectiveOperationException e) {
        // The application uses its own way to this driver, if any.
      }
    }
  }

  private void stand(Driver driver) {
    Witness witness = new Witness(driver);
    try {
      // In this order the driver manager always has one of the two, and finds the witness first.
      DriverManager.registerDriver(witness);
      DriverManager.deregisterDriver(driver);
      DriverManager.registerDriver(driver);
      witnesses.add(witness);
    } catch (SQLException | SecurityException e) {
      // Then the registration stays as the driver made it.
    }
  }

  /** Takes back what the application did not use. */
  void giveBack() {
    for (Witness witness : witnesses) {
      deregister(witness);
      if (!witness.used) {
        deregister(witness.driver);
        endThread(witness.driver.getClass());
      }
    }
    witnesses.clear();
  }

  /** MySQL's driver starts a thread with its class, and ends it only when it is told to. */
  private static void endThread(Class<?> driver) {
    if (driver.getName().equals("com.mysql.cj.jdbc.Driver")) {
      try {
        Class.forName(
                "com.mysql.cj.jdbc.AbandonedConnectionCleanupThread", true, driver.getClassLoader())
            .getMethod("checkedShutdown")
            .invoke(null);
      } catch (ReflectiveOperationException e) {
        // Another version of the driver. The server will report the thread.
      }
    }
  }

  private static void deregister(Driver driver) {
    try {
      DriverManager.deregisterDriver(driver);
    } catch (SQLException | SecurityException e) {
      // The server will report it.
    }
  }

  /**
   * Whether the driver goes with this application. One of the server's serves others, and one of
   * the JVM's own class path lives as long as the JVM.
   */
  private static boolean mayBeUnloaded(Class<?> type) {
    ClassLoader ours = DriverRegistrations.class.getClassLoader();
    return type.getClassLoader() == ours && ours != ClassLoader.getSystemClassLoader();
  }

  /**
   * The first use of the driver manager in a JVM makes it load every driver that the thread's
   * context class loader sees; with the JVM's own class loader it loads none of the application.
   */
  private static Set<Driver> registered() {
    Thread thread = Thread.currentThread();
    ClassLoader context = thread.getContextClassLoader();
    thread.setContextClassLoader(ClassLoader.getSystemClassLoader());
    try {
      return DriverManager.drivers().collect(Collectors.toCollection(HashSet::new));
    } finally {
      thread.setContextClassLoader(context);
    }
  }

  /** Passes calls on to a driver, and notices that it connects somebody. */
  private static final class Witness implements Driver {

    private final Driver driver;
    private volatile boolean used;

    Witness(Driver driver) {
      this.driver = driver;
    }

    @Override
    public @Nullable Connection connect(String url, Properties info) throws SQLException {
      Connection connection = driver.connect(url, info);
      used |= connection != null;
      return connection;
    }

    @Override
    public boolean acceptsURL(String url) throws SQLException {
      return driver.acceptsURL(url);
    }

    @Override
    public DriverPropertyInfo[] getPropertyInfo(String url, Properties info) throws SQLException {
      return driver.getPropertyInfo(url, info);
    }

    @Override
    public int getMajorVersion() {
      return driver.getMajorVersion();
    }

    @Override
    public int getMinorVersion() {
      return driver.getMinorVersion();
    }

    @Override
    public boolean jdbcCompliant() {
      return driver.jdbcCompliant();
    }

    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
      return driver.getParentLogger();
    }
  }
}
