package io.github.kameleoonservlet.internal.jdbc;

import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.Properties;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * A registered driver that delegates to another driver. At the first connect, the witness records
 * the use and deregisters itself, so that later callers find the other driver. A failed connect
 * also counts as use, because the application's database may be down. Thread-safe.
 */
final class DriverWitness implements Driver {

  private final Driver driver;
  private volatile boolean used;

  DriverWitness(Driver driver) {
    this.driver = driver;
  }

  /** Returns the driver that the witness delegates to. */
  Driver driver() {
    return driver;
  }

  /** Returns whether a caller has connected or tried to connect. */
  boolean isUsed() {
    return used;
  }

  @Override
  public @Nullable Connection connect(String url, Properties info) throws SQLException {
    Connection connection;
    try {
      connection = driver.connect(url, info);
    } catch (SQLException | RuntimeException e) {
      use();
      throw e;
    }
    // A driver returns null for a URL of another driver.
    if (connection != null) {
      use();
    }
    return connection;
  }

  private void use() {
    used = true;
    try {
      DriverManager.deregisterDriver(this);
    } catch (SQLException | SecurityException e) {
      // The witness stays registered and delegates.
    }
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
