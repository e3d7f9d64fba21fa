package io.github.kameleoonservlet.jpa;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.Locale;
import java.util.Properties;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Connects by one driver, and prepares each connection: nothing may block for ever, and H2 keeps
 * what it acknowledges. Thread-safe.
 */
final class DriverDataSource implements DataSource {

  private final Driver driver;
  private final String url;
  private final Properties properties = new Properties();
  private volatile int loginTimeoutSeconds;

  DriverDataSource(Driver driver, String url, @Nullable String user, @Nullable String password) {
    this.driver = driver;
    this.url = url;
    if (user != null) {
      properties.setProperty("user", user);
    }
    if (password != null) {
      properties.setProperty("password", password);
    }
    if (isH2(url) && !url.toUpperCase(Locale.ROOT).contains(";DB_CLOSE_ON_EXIT=")) {
      // H2's own shutdown hook would run beside the server's, close the database under our
      // requests, and miss classes that the server has unloaded by then. We close it.
      properties.setProperty("DB_CLOSE_ON_EXIT", "FALSE");
    }
    if (url.startsWith("jdbc:postgresql:")) {
      limit("socketTimeout", NetworkTimeout.SECONDS);
    } else if (url.startsWith("jdbc:mariadb:") || url.startsWith("jdbc:mysql:")) {
      limit("connectTimeout", NetworkTimeout.SECONDS * 1000);
      limit("socketTimeout", NetworkTimeout.SECONDS * 1000);
    }
  }

  /** Needed from the first byte on: a server that accepts and then says nothing. */
  private void limit(String name, int value) {
    // Not every driver lets the URL win.
    if (!url.contains(name + "=")) {
      properties.setProperty(name, String.valueOf(value));
    }
  }

  static boolean isH2(String url) {
    return url.startsWith("jdbc:h2:");
  }

  @Override
  public Connection getConnection() throws SQLException {
    Connection connection = driver.connect(url, (Properties) properties.clone());
    if (connection == null) {
      throw new SQLException("the driver does not know the URL any more", "08001");
    }
    try {
      if (isH2(url)) {
        H2Files.flushEveryCommit(connection);
      } else {
        NetworkTimeout.limit(connection);
      }
      return connection;
    } catch (SQLException | RuntimeException e) {
      connection.close();
      throw e;
    }
  }

  @Override
  public Connection getConnection(String otherUser, String otherPassword) throws SQLException {
    throw new SQLFeatureNotSupportedException("this data source has one user");
  }

  @Override
  public @Nullable PrintWriter getLogWriter() {
    return null;
  }

  @Override
  public void setLogWriter(@Nullable PrintWriter out) {
    // The driver has its own log.
  }

  @Override
  public void setLoginTimeout(int seconds) {
    loginTimeoutSeconds = seconds;
  }

  @Override
  public int getLoginTimeout() {
    // The pool asks for it when it closes: so long it waits for a connection under way.
    return loginTimeoutSeconds;
  }

  @Override
  public Logger getParentLogger() throws SQLFeatureNotSupportedException {
    return driver.getParentLogger();
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    throw new SQLException("wraps nothing");
  }

  @Override
  public boolean isWrapperFor(Class<?> type) {
    return false;
  }

  /** Shows neither URL nor password. */
  @Override
  public String toString() {
    return "DriverDataSource[" + driver.getClass().getName() + "]";
  }
}
