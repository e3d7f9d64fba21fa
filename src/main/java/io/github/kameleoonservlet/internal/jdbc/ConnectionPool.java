package io.github.kameleoonservlet.internal.jdbc;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** A pool of at most four connections to a URL, with the driver of the URL. Thread-safe. */
final class ConnectionPool implements Connections {

  private static final int MAX_CONNECTIONS = 4;
  private static final long CONNECTION_TIMEOUT_MILLIS = 2_000;

  private final JdbcUrl url;
  private final LoadedDriver driver;
  private final PoolThreads threads;
  private final HikariDataSource pool;

  private ConnectionPool(
      JdbcUrl url, LoadedDriver driver, PoolThreads threads, HikariDataSource pool) {
    this.url = url;
    this.driver = driver;
    this.threads = threads;
    this.pool = pool;
  }

  /**
   * Creates a pool. Does not wait for the database.
   *
   * @throws io.github.kameleoonservlet.identity.StoreMisconfiguredException if the driver is
   *     unknown or cannot be loaded, or would log the URL as malformed
   */
  static ConnectionPool open(
      JdbcUrl url, @Nullable String user, @Nullable String password, @Nullable String driverClass) {
    LoadedDriver driver = LoadedDriver.named(url.driver(driverClass));
    try {
      PoolThreads threads = new PoolThreads();
      HikariConfig config = new HikariConfig();
      config.setPoolName("kameleoon-servlet");
      config.setThreadFactory(threads);
      config.setDataSource(
          RefusedLogins.spaced(new DriverDataSource(driver.driver(), url, user, password)));
      config.setMaximumPoolSize(MAX_CONNECTIONS);
      config.setMinimumIdle(1);
      config.setConnectionTimeout(CONNECTION_TIMEOUT_MILLIS);
      config.setValidationTimeout(CONNECTION_TIMEOUT_MILLIS / 2);
      // The pool must exist even if the database is down, because the store connects again later.
      config.setInitializationFailTimeout(-1);
      if (canLoadSilentEviction()) {
        config.setExceptionOverrideClassName(SilentEviction.class.getName());
      }
      if (url.isH2()) {
        // H2 closes a database with the last connection, and no network drops old connections.
        config.setMaxLifetime(0);
      }
      return new ConnectionPool(url, driver, threads, new HikariDataSource(config));
    } catch (RuntimeException | Error e) {
      driver.close();
      throw e;
    }
  }

  /**
   * Returns whether HikariCP can load {@link SilentEviction}. HikariCP cannot load that class from
   * another class loader, and versions before 3.4 do not support it.
   */
  private static boolean canLoadSilentEviction() {
    ClassLoader library = ConnectionPool.class.getClassLoader();
    if (HikariDataSource.class.getClassLoader() != library) {
      return false;
    }
    try {
      Class.forName("com.zaxxer.hikari.SQLExceptionOverride", false, library);
      return true;
    } catch (ClassNotFoundException e) {
      return false;
    }
  }

  @Override
  public DataSource dataSource() {
    return pool;
  }

  @Override
  public void discard(Connection broken) {
    if (url.isInMemory()) {
      // The database would be lost with its last connection. Connections in memory do not break.
      return;
    }
    pool.evictConnection(broken);
    // The other connections are older than the fault. Each of them would be another failure or
    // WARN.
    pool.getHikariPoolMXBean().softEvictConnections();
  }

  @Override
  public void close() {
    threads.close(pool::close);
    driver.close();
  }
}
