package io.github.kameleoonservlet.jdbc;

import io.github.kameleoonservlet.identity.StoreUnavailableException;
import io.github.kameleoonservlet.identity.UnusableStoreException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The database of a store. Nothing is opened before the first call; one pool of connections then
 * serves until {@link #close()}, whatever happens to the database meanwhile. Thread-safe.
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
   * A database that is reached by a URL, through a pool of at most four connections.
   *
   * @param url the JDBC URL
   * @param user the user, or null when the URL names one or there is none
   * @param password the user's password, or null
   * @param driver the class of the driver, or null for the usual one of this kind of URL
   */
  public static JdbcDatabase of(
      String url, @Nullable String user, @Nullable String password, @Nullable String driver) {
    JdbcUrl parsed = new JdbcUrl(url);
    return new JdbcDatabase(
        parsed.isLocal(), false, () -> ConnectionPool.open(parsed, user, password, driver));
  }

  /** The H2 file of an application that names no database: nobody else uses it. */
  public static JdbcDatabase ownFile(Path file) {
    JdbcUrl url = new JdbcUrl("jdbc:h2:file:" + file);
    return new JdbcDatabase(true, true, () -> ConnectionPool.open(url, "sa", "", null));
  }

  /** A database whose connections somebody else provides and closes. */
  public static JdbcDatabase of(DataSource dataSource) {
    return new JdbcDatabase(
        false, false, () -> new Connections.Given(NetworkTimeout.whileOpen(dataSource)));
  }

  /** Whether the database runs in this JVM. */
  public boolean isLocal() {
    return local;
  }

  /** Whether the database was made for the store alone. */
  boolean isOwn() {
    return own;
  }

  /**
   * Runs a call on a connection that commits each statement. A connection that breaks in it is not
   * used again; one whose statement was merely refused is.
   *
   * @throws StoreUnavailableException when the database does not answer, or the call failed
   * @throws UnusableStoreException when there is no driver, or the database refuses the URL
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
    } catch (StoreUnavailableException | UnusableStoreException e) {
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
      UnusableStoreException refusal = Faults.refusalOfTheUrl(e);
      if (refusal != null) {
        throw refusal;
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
      // The connection is broken: the application's pool will notice, as it does with its own use.
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

  /** Closes the connections that this object opened, and gives the driver back. */
  @Override
  public synchronized void close() {
    closed = true;
    if (connections != null) {
      connections.close();
      connections = null;
    }
  }

  /**
   * A call of the database.
   *
   * @param <T> its answer
   */
  public interface Call<T> {

    /** Runs on a connection that commits each statement and is closed afterwards. */
    T on(Connection connection) throws SQLException;
  }
}
