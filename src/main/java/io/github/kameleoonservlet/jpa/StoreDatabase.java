package io.github.kameleoonservlet.jpa;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Says where the database is. Immutable; nothing is opened before the store is. */
public final class StoreDatabase {

  private static final Pattern SUBPROTOCOL = Pattern.compile("jdbc:\\w+");
  private static final Pattern LOCAL = Pattern.compile("jdbc:h2:(?!tcp:|ssl:)");
  private static final Pattern IN_MEMORY = Pattern.compile("jdbc:h2:mem:");
  private static final int MAX_CONNECTIONS = 4;
  private static final long CONNECTION_TIMEOUT_MILLIS = 2_000;

  private final String name;
  private final boolean local;
  private final @Nullable String provider;
  private final Opening opening;

  private StoreDatabase(String name, boolean local, @Nullable String provider, Opening opening) {
    this.name = name;
    this.local = local;
    this.provider = provider;
    this.opening = opening;
  }

  /**
   * A database that we connect to and pool ourselves.
   *
   * @param url the JDBC URL
   * @param user the user, or null when the URL says it or there is none
   * @param password the user's password, or null
   */
  public static StoreDatabase jdbc(String url, @Nullable String user, @Nullable String password) {
    String name = kind(url);
    return new StoreDatabase(
        name, LOCAL.matcher(url).lookingAt(), null, () -> pool(name, url, user, password));
  }

  /** No more of a URL: some databases take the password inside it, each in another place. */
  static String kind(String url) {
    Matcher subprotocol = SUBPROTOCOL.matcher(url);
    return subprotocol.lookingAt() ? subprotocol.group() : "jdbc";
  }

  /** A database whose connections somebody else provides and closes. */
  public static StoreDatabase dataSource(DataSource dataSource) {
    return new StoreDatabase(
        "data source",
        false,
        null,
        () -> new OpenDatabase(NetworkTimeout.whileOpen(dataSource), connection -> {}, () -> {}));
  }

  /**
   * The same database, for a provider of Jakarta Persistence that is preferred when it is there.
   */
  StoreDatabase by(@Nullable String preferred) {
    return new StoreDatabase(name, local, preferred, opening);
  }

  /** Whether the database lives in this JVM. */
  public boolean isLocal() {
    return local;
  }

  /** The class of the provider that is preferred, or null. */
  @Nullable String provider() {
    return provider;
  }

  /**
   * Opens the database, without connecting to it.
   *
   * @throws io.github.kameleoonservlet.identity.UnusableStoreException when there is no driver
   */
  OpenDatabase open() {
    return opening.open();
  }

  private static OpenDatabase pool(
      String name, String url, @Nullable String user, @Nullable String password) {
    LoadedDriver driver = LoadedDriver.accepting(url, name);
    HikariConfig config = new HikariConfig();
    config.setPoolName("kameleoon-servlet");
    PoolThreads threads = new PoolThreads();
    config.setThreadFactory(threads);
    config.setDataSource(new DriverDataSource(driver.driver(), url, user, password));
    config.setMaximumPoolSize(MAX_CONNECTIONS);
    config.setMinimumIdle(1);
    config.setConnectionTimeout(CONNECTION_TIMEOUT_MILLIS);
    config.setValidationTimeout(CONNECTION_TIMEOUT_MILLIS / 2);
    // The pool is made although the database is down; the store then says so, and is tried again.
    config.setInitializationFailTimeout(-1);
    if (HikariDataSource.class.getClassLoader() == SilentEviction.class.getClassLoader()) {
      // Only then does the pool find the class.
      config.setExceptionOverrideClassName(SilentEviction.class.getName());
    }
    if (DriverDataSource.isH2(url)) {
      // H2 closes a database with its last connection; nothing between us and it cuts old ones.
      config.setMaxLifetime(0);
    }
    HikariDataSource pool = new HikariDataSource(config);
    return new OpenDatabase(
        pool,
        connection -> {
          if (IN_MEMORY.matcher(url).lookingAt()) {
            // It would be gone with its last connection, and none of them can break.
            return;
          }
          pool.evictConnection(connection);
          // The others were made before the fault, too: each would be one more failure, or a WARN.
          pool.getHikariPoolMXBean().softEvictConnections();
        },
        () -> {
          threads.close(pool::close);
          driver.close();
        });
  }

  /** Shows the kind of database only. */
  @Override
  public String toString() {
    return "StoreDatabase[" + name + "]";
  }

  private interface Opening {
    OpenDatabase open();
  }
}
