package io.github.kameleoonservlet.benchmark.scale;

import io.github.kameleoonservlet.internal.jdbc.JdbcDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** A kind of database that holds several sets of links, each under a name. */
abstract class ScaleDatabase implements AutoCloseable {

  static final String TABLE = "kameleoon_visitor_code";

  private static final Path SCRIPTS = Path.of("src/it/scale/src/main/sql");

  /** Returns the product and its version. */
  abstract String product() throws SQLException;

  /** Returns the database of a set as the wiring of the filter opens it. */
  abstract JdbcDatabase open(String set);

  /** Returns the URL of a set for the setting {@code jdbcUrl}. */
  abstract String url(String set);

  /** Returns the setting {@code jdbcUser}. */
  abstract String user();

  /** Opens a connection besides the store's connections. */
  abstract Connection connect(String set) throws SQLException;

  /** Creates the database of a set if the first connection does not. */
  void create(String set) throws SQLException {
    // H2 creates the file.
  }

  /** Fills the table, which the library has created, from a file of ids and codes. */
  abstract void fill(String set, Path csv) throws SQLException, IOException;

  /** Stops the database, which empties its own cache. */
  abstract void stop() throws SQLException, IOException;

  /** Starts the database with the configuration of the measurement. */
  abstract void start() throws IOException;

  /**
   * Starts the database with enough memory to read no file, and fills that memory.
   *
   * @return false if this kind of database has no such measurement and was not started
   */
  boolean startInMemory(long links, String... sets) throws SQLException, IOException {
    return false;
  }

  /** Returns the size of the database's cache. */
  abstract String cache(String set) throws SQLException;

  /** Returns the size of table and indexes. */
  abstract String size(String set, long links) throws SQLException, IOException;

  /** Creates a set: the library creates the schema, a script of the project loads the links. */
  final void load(String set, long links, Path csv) throws SQLException, IOException {
    create(set);
    try (LinkedStore store = new LinkedStore(this, set, 0)) {
      store.checkEmpty();
    }
    fill(set, csv);
    long rows = count(set);
    if (rows != links) {
      throw new WrongResultException(product() + " has " + rows + " of " + links + " links");
    }
  }

  final long count(String set) throws SQLException {
    try (Connection connection = connect(set)) {
      return Long.parseLong(value(connection, "select count(user_key) from " + TABLE));
    }
  }

  static String script(String name) throws IOException {
    return Files.readString(SCRIPTS.resolve(name));
  }

  static String value(Connection connection, String query) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(query)) {
      result.next();
      return result.getString(1);
    }
  }

  @Override
  public abstract void close() throws IOException;
}
