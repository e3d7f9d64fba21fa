package io.github.kameleoonservlet.internal.jdbc;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.kameleoonservlet.identity.StoreUnavailableException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The creation and validation of the table. Each check executes the statements that the store
 * relies on, because names, types and collations in the metadata differ between databases. Not
 * thread-safe.
 */
final class Schema {

  /** The folder of the DDL, which migration tools of applications also read. */
  private static final String SCRIPTS = "/io/github/kameleoonservlet/schema/";

  private static final Logger LOG = LoggerFactory.getLogger(JdbcVisitorCodeStore.class);

  static final String TABLE = LinkReader.TABLE;
  private static final List<String> COLUMNS = List.of("code", "user_key", "linked_at");

  private static final int ATTEMPTS = 5;
  private static final long PAUSE_MILLIS = 100;

  private final Connection connection;
  private final DatabaseProduct product;

  private Schema(Connection connection, DatabaseProduct product) {
    this.connection = connection;
    this.product = product;
  }

  /**
   * Creates and checks the table as the mode requires.
   *
   * @param connection a connection that commits each statement
   * @param mayFillEmpty whether a missing table may be created in a schema without tables
   * @return whether the table exists; false if the schema is empty or missing, and must not be
   *     changed yet
   * @throws MissingTableException if the table or its schema is missing, and the application must
   *     create them
   * @throws SchemaException if the table cannot be created, or does not fit the store
   * @throws SQLException if the database does not answer, or cannot create the table now
   */
  static boolean prepare(
      Connection connection, DatabaseProduct product, SchemaMode mode, boolean mayFillEmpty)
      throws SQLException {
    Schema schema = new Schema(connection, product);
    SQLException missing = schema.refusal("select 1 from " + TABLE + " where 1 = 0");
    if (missing != null && mode != SchemaMode.CREATE) {
      // The application may create the table after the start of its filters.
      throw new MissingTableException(missing);
    }
    if (missing != null) {
      if (!mayFillEmpty && product.script() != null && schema.isEmpty()) {
        return false;
      }
      missing = schema.create();
    }
    if (missing != null) {
      throw wrong("table " + TABLE + " is missing" + state(missing), missing);
    }
    switch (mode) {
      case CREATE -> schema.validatePatiently();
      case VALIDATE -> schema.validate();
      case NONE -> {
        // The first use of the table reports a mistake.
      }
    }
    return true;
  }

  /**
   * Returns whether the schema has no tables or does not exist. A migration of the application may
   * require an empty schema.
   */
  private boolean isEmpty() throws SQLException {
    String query = product.tables();
    if (query != null) {
      try (Statement statement = connection.createStatement();
          ResultSet tables = statement.executeQuery(query)) {
        return !tables.next();
      }
    }
    try (ResultSet tables =
        connection
            .getMetaData()
            .getTables(
                connection.getCatalog(),
                schemaName(),
                null,
                new String[] {"TABLE", "BASE TABLE"})) {
      return !tables.next();
    }
  }

  private @Nullable String schemaName() throws SQLException {
    try {
      return connection.getSchema();
    } catch (AbstractMethodError e) {
      // The driver was made for Java 6. Tables of all schemas count.
      return null;
    }
  }

  /**
   * Runs the script. Returns the fault if there is no table afterwards; null if the table exists.
   *
   * @throws MissingTableException if the schema does not exist
   * @throws SQLException if a later attempt may succeed: the database is read-only, its disk is
   *     full, or another session has a lock
   */
  private @Nullable SQLException create() throws SQLException {
    String script = product.script();
    if (script == null) {
      throw wrong(
          "table "
              + TABLE
              + " is missing, and there is no script for "
              + connection.getMetaData().getDatabaseProductName()
              + ": create the table, see \"The table\" in docs/store.md",
          null);
    }
    SQLException failure = null;
    try (Statement statement = connection.createStatement()) {
      statement.execute(read(script));
    } catch (SQLException e) {
      // Another node may create the table at the same time. PostgreSQL then fails in spite of "if
      // not exists".
      failure = e;
    }
    SQLException missing = refusal("select 1 from " + TABLE + " where 1 = 0");
    if (missing == null || failure == null) {
      return missing;
    }
    if (isOfMissingSchema(failure)) {
      throw new MissingTableException(failure);
    }
    if (isTransient(failure)) {
      throw failure;
    }
    return failure;
  }

  /** Repeats the validation, because H2 shows another node's new table before the table's keys. */
  private void validatePatiently() throws SQLException {
    for (int attempt = 1; ; attempt++) {
      try {
        validate();
        return;
      } catch (SchemaException e) {
        if (attempt == ATTEMPTS) {
          throw e;
        }
        rest();
      }
    }
  }

  private static void rest() {
    try {
      Thread.sleep(PAUSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreUnavailableException("interrupted while the table is created", e);
    }
  }

  private void validate() throws SQLException {
    for (String column : COLUMNS) {
      SQLException missing = refusal("select " + column + " from " + TABLE + " where 1 = 0");
      if (missing != null) {
        throw wrong("table " + TABLE + " has no column " + column + state(missing), missing);
      }
    }
    try {
      new SchemaProbe(connection, product).run();
    } catch (SQLException e) {
      if (!product.isReadOnly(e)) {
        throw e;
      }
      LOG.info(
          "The database is read-only, so that table {} is not tested. Users with a"
              + " stored code get their code; other users get a code when the database is"
              + " writable.",
          TABLE);
    }
  }

  /**
   * Runs a query. Returns the fault if the database refuses the query permanently; otherwise null.
   */
  private @Nullable SQLException refusal(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.executeQuery(sql).close();
      return null;
    } catch (SQLException e) {
      if (isTransient(e)) {
        throw e;
      }
      return e;
    }
  }

  /**
   * Returns whether a later attempt may succeed. Only syntax and access errors (42), missing
   * schemas (3F), data (22), constraints (23) and H2's rights describe a schema.
   */
  static boolean isTransient(SQLException e) {
    String state = e.getSQLState();
    return state == null
        || !(state.startsWith("42")
            || state.startsWith("22")
            || state.startsWith("23")
            || isOfMissingSchema(e)
            || H2Files.isMissingRight(e));
  }

  private static boolean isOfMissingSchema(SQLException e) {
    return e.getSQLState() != null && e.getSQLState().startsWith("3F");
  }

  static String state(SQLException e) {
    return " or not accessible (SQLState " + e.getSQLState() + ")";
  }

  static SchemaException wrong(String what, @Nullable Throwable cause) {
    return new SchemaException("The visitor code store cannot be used: " + what, cause);
  }

  private static String read(String script) {
    try (InputStream in = Schema.class.getResourceAsStream(SCRIPTS + script)) {
      if (in == null) {
        throw new IllegalStateException(script + " is missing in the jar of kameleoon-servlet");
      }
      return new String(in.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
