package io.github.kameleoonservlet.internal.jdbc;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** A pool of connections to a URL, and the driver that the pool loads. Thread-safe. */
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
      // Creates the pool even if the database is down; the store connects again later.
      config.setInitializationFailTimeout(-1);
      if (canLoadSilentEviction()) {
        config.setExceptionOverrideClassName(SilentEviction.class.getName());
      }
      if (url.isH2()) {
        // H2 closes a database with its last connection, and no network drops old ones.
        config.setMaxLifetime(0);
      }
      return new ConnectionPool(url, driver, threads, new HikariDataSource(config));
    } catch (RuntimeException | Error e) {
      driver.close();
      throw e;
    }
  }

  /**
   * Returns whether the pool can load our class, which is not so if it is in a shared library, or
   * is a HikariCP of the application before 3.4.
   */
  private static boolean canLoadSilentEviction() {
    ClassLoader ours = ConnectionPool.class.getClassLoader();
    if (HikariDataSource.class.getClassLoader() != ours) {
      return false;
    }
    try {
      Class.forName("com.zaxxer.hikari.SQLExceptionOverride", false, ours);
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
      // The last connection takes the database with it, and these connections cannot break.
      return;
    }
    pool.evictConnection(broken);
    // The other connections also date from before the fault: each would be one more failure, or a
    // WARN.
    pool.getHikariPoolMXBean().softEvictConnections();
  }

  @Override
  public void close() {
    threads.close(pool::close);
    driver.close();
  }
}
