package io.github.kameleoonservlet.internal.jdbc;

import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Properties;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A replacement for the drivers that {@link DriverManager} would have loaded for the application.
 *
 * <p>The JDK loads the drivers in {@code META-INF/services} at the JVM's first use of the driver
 * manager, and never again. If this library is the first user, the application would need {@code
 * Class.forName} for each driver. This driver therefore loads the application's drivers when the
 * application first looks for a driver, and then deregisters itself. Thread-safe.
 */
final class LateDriverScan implements Driver {

  /**
   * The maximum number of faults, because a service loader may report the same fault at each call.
   */
  private static final int MAX_FAULTS = 100;

  private final ClassLoader application;
  private @Nullable List<Driver> drivers;

  /** Creates a driver that searches a class loader. */
  LateDriverScan(ClassLoader application) {
    this.application = application;
  }

  @Override
  public @Nullable Connection connect(String url, Properties info) throws SQLException {
    SQLException fault = null;
    for (Driver driver : drivers()) {
      try {
        Connection connection = driver.connect(url, info);
        if (connection != null) {
          return connection;
        }
      } catch (SQLException e) {
        fault = fault == null ? e : fault;
      }
    }
    if (fault != null) {
      throw fault;
    }
    return null;
  }

  @Override
  public boolean acceptsURL(String url) throws SQLException {
    return accepting(url) != null;
  }

  @Override
  public DriverPropertyInfo[] getPropertyInfo(String url, Properties info) throws SQLException {
    Driver driver = accepting(url);
    return driver == null ? new DriverPropertyInfo[0] : driver.getPropertyInfo(url, info);
  }

  private @Nullable Driver accepting(String url) {
    for (Driver driver : drivers()) {
      try {
        if (driver.acceptsURL(url)) {
          return driver;
        }
      } catch (SQLException e) {
        // DriverManager also continues with the next driver.
      }
    }
    return null;
  }

  /**
   * Returns the drivers that this object loaded. DriverManager calls drivers that were registered
   * before.
   */
  private synchronized List<Driver> drivers() {
    if (drivers == null) {
      Set<Class<?>> before =
          DriverManager.drivers().map(Driver::getClass).collect(Collectors.toSet());
      drivers = loaded();
      drivers.removeIf(driver -> before.contains(driver.getClass()));
      deregister();
    }
    return drivers;
  }

  private List<Driver> loaded() {
    List<Driver> loaded = new ArrayList<>();
    Iterator<Driver> services = ServiceLoader.load(Driver.class, application).iterator();
    for (int faults = 0; faults < MAX_FAULTS; ) {
      try {
        if (!services.hasNext()) {
          return loaded;
        }
        loaded.add(services.next());
      } catch (ServiceConfigurationError | LinkageError e) {
        // The service file names a class that is no driver, or that needs another Java version.
        faults++;
      }
    }
    return loaded;
  }

  /** Deregisters this driver. Further calls have no effect. */
  void deregister() {
    try {
      DriverManager.deregisterDriver(this);
    } catch (SQLException | SecurityException e) {
      // The server reports the registration.
    }
  }

  @Override
  public int getMajorVersion() {
    return 1;
  }

  @Override
  public int getMinorVersion() {
    return 0;
  }

  @Override
  public boolean jdbcCompliant() {
    return false;
  }

  @Override
  public Logger getParentLogger() throws SQLFeatureNotSupportedException {
    throw new SQLFeatureNotSupportedException("this driver logs nothing");
  }
}
