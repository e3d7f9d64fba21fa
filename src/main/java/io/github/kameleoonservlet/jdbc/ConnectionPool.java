package io.github.kameleoonservlet.jdbc;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** A pool of connections to a URL, with the driver that it loads. Thread-safe. */
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
   * Makes a pool. Does not wait for the database.
   *
   * @throws io.github.kameleoonservlet.identity.UnusableStoreException when there is no driver
   */
  static ConnectionPool open(
      JdbcUrl url, @Nullable String user, @Nullable String password, @Nullable String driverClass) {
    LoadedDriver driver = LoadedDriver.named(url.driver(driverClass));
    try {
      PoolThreads threads = new PoolThreads();
      HikariConfig config = new HikariConfig();
      config.setPoolName("kameleoon-servlet");
      config.setThreadFactory(threads);
      config.setDataSource(new DriverDataSource(driver.driver(), url, user, password));
      config.setMaximumPoolSize(MAX_CONNECTIONS);
      config.setMinimumIdle(1);
      config.setConnectionTimeout(CONNECTION_TIMEOUT_MILLIS);
      config.setValidationTimeout(CONNECTION_TIMEOUT_MILLIS / 2);
      // The pool is made although the database is down. It is asked again later.
      config.setInitializationFailTimeout(-1);
      if (HikariDataSource.class.getClassLoader() == SilentEviction.class.getClassLoader()) {
        // Only then does the pool find the class.
        config.setExceptionOverrideClassName(SilentEviction.class.getName());
      }
      if (url.isH2()) {
        // H2 closes a database with its last connection, and no network cuts old ones.
        config.setMaxLifetime(0);
      }
      return new ConnectionPool(url, driver, threads, new HikariDataSource(config));
    } catch (RuntimeException | Error e) {
      driver.close();
      throw e;
    }
  }

  @Override
  public DataSource dataSource() {
    return pool;
  }

  @Override
  public void discard(Connection broken) {
    if (url.isInMemory()) {
      // The database would be lost with its last connection, and none of them can break.
      return;
    }
    pool.evictConnection(broken);
    // The others were made before the fault as well: each would be one more failure, or a WARN.
    pool.getHikariPoolMXBean().softEvictConnections();
  }

  @Override
  public void close() {
    threads.close(pool::close);
    driver.close();
  }
}
