package io.github.kameleoonservlet.internal.jdbc;

import io.github.kameleoonservlet.identity.StoreMisconfiguredException;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.Properties;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * A data source that connects with one driver, and limits the time that a connection waits for the
 * database. Thread-safe.
 */
final class DriverDataSource implements DataSource {

  private final Driver driver;
  private final JdbcUrl url;
  private final Properties properties;
  private volatile int loginTimeoutSeconds;

  DriverDataSource(Driver driver, JdbcUrl url, @Nullable String user, @Nullable String password) {
    this.driver = driver;
    this.url = url;
    this.properties = url.properties(user, password);
  }

  @Override
  public Connection getConnection() throws SQLException {
    Connection connection = driver.connect(url.text(), (Properties) properties.clone());
    if (connection == null) {
      throw new StoreMisconfiguredException(
          "The visitor code store cannot be used: the JDBC driver "
              + driver.getClass().getName()
              + " does not accept the URL. Check jdbcUrl and jdbcDriver.");
    }
    if (!url.isH2()) {
      NetworkTimeout.limit(connection);
    }
    return connection;
  }

  @Override
  public Connection getConnection(String otherUser, String otherPassword) throws SQLException {
    throw new SQLFeatureNotSupportedException("only the configured user can connect");
  }

  @Override
  public @Nullable PrintWriter getLogWriter() {
    return null;
  }

  @Override
  public void setLogWriter(@Nullable PrintWriter out) {
    // The driver uses another log.
  }

  @Override
  public void setLoginTimeout(int seconds) {
    loginTimeoutSeconds = seconds;
  }

  @Override
  public int getLoginTimeout() {
    // A closing pool waits this long for a connection that is being opened.
    return loginTimeoutSeconds;
  }

  @Override
  public Logger getParentLogger() throws SQLFeatureNotSupportedException {
    return driver.getParentLogger();
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    throw new SQLException("this data source wraps no other");
  }

  @Override
  public boolean isWrapperFor(Class<?> type) {
    return false;
  }

  /** Returns the driver's class, without URL and password. */
  @Override
  public String toString() {
    return "DriverDataSource[" + driver.getClass().getName() + "]";
  }
}
