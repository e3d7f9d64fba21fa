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
 * The registrations in the JVM's {@link DriverManager} that loading a driver causes.
 *
 * <p>A driver's class registers itself once, when it is loaded. If the application later uses
 * {@code Class.forName} and {@code DriverManager.getConnection}, it relies on that registration,
 * even if the library caused it. If the application does not, the registration would keep the class
 * loader of an undeployed application. So this class registers a witness before each registration
 * that our loading caused. If the application gets a connection through the witness, the
 * registration belongs to the application and stays; otherwise {@link #giveBack()} removes it.
 *
 * <p>Not thread-safe.
 */
final class DriverRegistrations {

  private final Set<Driver> before;
  private final List<Witness> witnesses = new ArrayList<>();

  private DriverRegistrations(Set<Driver> before) {
    this.before = before;
  }

  /** Returns a watch that knows the drivers registered before a driver is loaded. */
  static DriverRegistrations watch() {
    return new DriverRegistrations(registered());
  }

  /**
   * Registers a witness before each newer registration, unless the JVM keeps the driver's class.
   */
  void keepFor(Class<?> loaded) {
    Set<Driver> now = registered();
    for (Driver driver : now) {
      // A driver of another application can make the JDK load the driver of the same name from
      // here.
      if (!before.contains(driver) && mayBeUnloaded(driver.getClass())) {
        stand(driver);
      }
    }
    // The class was loaded earlier and its registration removed, by an application that was
    // restarted in its class loader. The class does not register itself again.
    if (now.stream().noneMatch(driver -> driver.getClass() == loaded) && mayBeUnloaded(loaded)) {
      try {
        stand((Driver) loaded.getConstructor().newInstance());
      } catch (ReflectiveOperationException e) {
        // The application connects without DriverManager, if it uses this driver at all.
      }
    }
  }

  private void stand(Driver driver) {
    Witness witness = new Witness(driver);
    try {
      // In this order DriverManager always has one of the two, and finds the witness first.
      DriverManager.registerDriver(witness);
      DriverManager.deregisterDriver(driver);
      DriverManager.registerDriver(driver);
      witnesses.add(witness);
    } catch (SQLException | SecurityException e) {
      // The registration stays as the driver made it.
    }
  }

  /** Deregisters the drivers that the application has not used, and ends their threads. */
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

  /** Ends the thread that MySQL's driver starts when its class is loaded. */
  private static void endThread(Class<?> driver) {
    if (driver.getName().equals("com.mysql.cj.jdbc.Driver")) {
      try {
        Class.forName(
                "com.mysql.cj.jdbc.AbandonedConnectionCleanupThread", true, driver.getClassLoader())
            .getMethod("checkedShutdown")
            .invoke(null);
      } catch (ReflectiveOperationException e) {
        // Another version of the driver. The server reports the thread.
      }
    }
  }

  private static void deregister(Driver driver) {
    try {
      DriverManager.deregisterDriver(driver);
    } catch (SQLException | SecurityException e) {
      // The server reports the registration.
    }
  }

  /**
   * Returns whether the driver is undeployed with this application. A driver of the server serves
   * other applications, and one on the JVM's class path lives as long as the JVM.
   */
  private static boolean mayBeUnloaded(Class<?> type) {
    ClassLoader ours = DriverRegistrations.class.getClassLoader();
    return type.getClassLoader() == ours && ours != ClassLoader.getSystemClassLoader();
  }

  /**
   * Returns the registered drivers. Its first use makes DriverManager load every driver that the
   * thread's context class loader sees; with the system class loader it loads none of the
   * application.
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

  /** A driver that delegates to another one, and records whether it returned a connection. */
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
