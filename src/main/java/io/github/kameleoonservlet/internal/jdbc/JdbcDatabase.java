package io.github.kameleoonservlet.internal.jdbc;

import io.github.kameleoonservlet.identity.DatabaseLoginRefusedException;
import io.github.kameleoonservlet.identity.StoreMisconfiguredException;
import io.github.kameleoonservlet.identity.StoreUnavailableException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The database of a store. Opens no connection before the first call. Keeps one pool of connections
 * until {@link #close()}, even if the database is down. {@code servlet.Wiring} creates and closes
 * the instance. Thread-safe.
 */
public final class JdbcDatabase implements AutoCloseable {

  private final boolean local;
  private final boolean own;
  private final boolean pooled;
  private final Supplier<Connections> opening;
  private @Nullable Connections connections;
  private boolean closed;

  private JdbcDatabase(boolean local, boolean own, boolean pooled, Supplier<Connections> opening) {
    this.local = local;
    this.own = own;
    this.pooled = pooled;
    this.opening = opening;
  }

  /**
   * Returns a database with a URL and a pool of at most four connections. Does not connect.
   *
   * @param url the JDBC URL
   * @param user the user; null if the URL contains the user, or if the database needs no user
   * @param password the user's password; null without a password
   * @param driver the driver's class; null for the usual driver of this kind of URL
   */
  public static JdbcDatabase of(
      String url, @Nullable String user, @Nullable String password, @Nullable String driver) {
    JdbcUrl parsed = new JdbcUrl(url);
    return new JdbcDatabase(
        parsed.isLocal(), false, true, () -> ConnectionPool.open(parsed, user, password, driver));
  }

  /**
   * Returns the H2 file that only the store uses, for an application without a setting of a
   * database.
   */
  public static JdbcDatabase ownFile(Path file) {
    JdbcUrl url = new JdbcUrl("jdbc:h2:file:" + file + ";TRACE_LEVEL_FILE=0");
    return new JdbcDatabase(true, true, true, () -> ConnectionPool.open(url, "sa", "", null));
  }

  /**
   * Returns a database whose connections come from a data source of the application. Never closes
   * the data source.
   */
  public static JdbcDatabase of(DataSource dataSource) {
    return new JdbcDatabase(
        false,
        false,
        false,
        () -> new Connections.Given(RefusedLogins.spaced(NetworkTimeout.whileOpen(dataSource))));
  }

  /** Returns whether the database runs in this JVM. */
  public boolean isLocal() {
    return local;
  }

  /** Returns whether the connections come from a pool that this object creates. */
  public boolean isPooled() {
    return pooled;
  }

  /** Returns whether the store is the only user of the database. */
  boolean isOwn() {
    return own;
  }

  /**
   * Runs a call on a connection that commits each statement. A broken connection is not used again,
   * but a connection stays in use after a refused statement. Blocks until the database answers.
   *
   * @throws StoreUnavailableException if the database does not answer, if the call fails, or if
   *     this object is closed; a {@link DatabaseLoginRefusedException} if the database refuses the
   *     login
   * @throws StoreMisconfiguredException if the driver cannot be loaded, or the driver or the
   *     database refuses the URL
   */
  public <T> T call(Call<T> call) {
    try {
      Connections open = opened();
      try (Connection connection = connect(open)) {
        try {
          return committing(connection, call);
        } catch (SQLException | RuntimeException | Error e) {
          if (Faults.isBroken(connection, e)) {
            open.discard(connection);
          }
          throw e;
        }
      }
    } catch (StoreUnavailableException | StoreMisconfiguredException e) {
      throw e;
    } catch (SQLException | RuntimeException e) {
      throw H2Files.inUse(e)
          ? new H2FileInUseException(e)
          : new StoreUnavailableException("the database does not answer", e);
    }
  }

  private static Connection connect(Connections open) throws SQLException {
    try {
      return open.dataSource().getConnection();
    } catch (SQLException e) {
      StoreMisconfiguredException refusal = Faults.refusalOfTheUrl(e);
      if (refusal != null) {
        throw refusal;
      }
      if (Faults.isRefusedLogin(e)) {
        throw new DatabaseLoginRefusedException(e);
      }
      throw e;
    }
  }

  private static <T> T committing(Connection connection, Call<T> call) throws SQLException {
    if (connection.getAutoCommit()) {
      return call.on(connection);
    }
    connection.setAutoCommit(true);
    try {
      return call.on(connection);
    } finally {
      restore(connection);
    }
  }

  private static void restore(Connection connection) {
    try {
      connection.setAutoCommit(false);
    } catch (SQLException e) {
      // The connection is broken, which the application's pool detects.
    }
  }

  private synchronized Connections opened() {
    if (closed) {
      throw new StoreUnavailableException("the store is closed");
    }
    if (connections == null) {
      connections = opening.get();
    }
    return connections;
  }

  /**
   * Closes the connections that this object opened, and releases the driver. Further calls have no
   * effect.
   */
  @Override
  public synchronized void close() {
    closed = true;
    if (connections != null) {
      connections.close();
      connections = null;
    }
  }

  /**
   * A call to the database.
   *
   * @param <T> the type of its result
   */
  public interface Call<T> {

    /**
     * Runs the call.
     *
     * @param connection commits each statement; must not be closed by this method
     * @return the result of {@link JdbcDatabase#call}
     * @throws SQLException if the database fails
     */
    T on(Connection connection) throws SQLException;
  }
}
