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
 * The database of a store. Opens nothing before the first call, and keeps one pool of connections
 * until {@link #close()}, also while the database is down. Thread-safe.
 */
public final class JdbcDatabase implements AutoCloseable {

  private final boolean local;
  private final boolean own;
  private final Supplier<Connections> opening;
  private @Nullable Connections connections;
  private boolean closed;

  private JdbcDatabase(boolean local, boolean own, Supplier<Connections> opening) {
    this.local = local;
    this.own = own;
    this.opening = opening;
  }

  /**
   * Returns a database that is reached by a URL, through a pool of at most four connections.
   *
   * @param url the JDBC URL
   * @param user the user, or null if the URL contains one or there is none
   * @param password the user's password, or null
   * @param driver the class of the driver, or null for the usual driver of this kind of URL
   */
  public static JdbcDatabase of(
      String url, @Nullable String user, @Nullable String password, @Nullable String driver) {
    JdbcUrl parsed = new JdbcUrl(url);
    return new JdbcDatabase(
        parsed.isLocal(), false, () -> ConnectionPool.open(parsed, user, password, driver));
  }

  /** Returns the H2 file of an application that sets no database. Only the store uses that file. */
  public static JdbcDatabase ownFile(Path file) {
    JdbcUrl url = new JdbcUrl("jdbc:h2:file:" + file + ";TRACE_LEVEL_FILE=0");
    return new JdbcDatabase(true, true, () -> ConnectionPool.open(url, "sa", "", null));
  }

  /** Returns a database whose connections the application provides and closes. */
  public static JdbcDatabase of(DataSource dataSource) {
    return new JdbcDatabase(
        false,
        false,
        () -> new Connections.Given(RefusedLogins.spaced(NetworkTimeout.whileOpen(dataSource))));
  }

  /** Returns whether the database runs in this JVM. */
  public boolean isLocal() {
    return local;
  }

  /** Returns whether only the store uses the database. */
  boolean isOwn() {
    return own;
  }

  /**
   * Runs a call on a connection that commits each statement. A connection that breaks during the
   * call is not used again; a connection whose statement was refused is.
   *
   * @throws StoreUnavailableException if the database does not answer, or the call fails; a {@link
   *     DatabaseLoginRefusedException} if the database refuses the login
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
      // The connection is broken. The application's pool detects that as for any other use.
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

  /** Closes the connections that this object opened, and releases the driver. */
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

    /** Runs on a connection that commits each statement; the caller closes the connection. */
    T on(Connection connection) throws SQLException;
  }
}
