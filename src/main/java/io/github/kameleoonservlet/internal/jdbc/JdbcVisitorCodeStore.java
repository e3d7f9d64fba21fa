package io.github.kameleoonservlet.internal.jdbc;

import io.github.kameleoonservlet.identity.RenameResult;
import io.github.kameleoonservlet.identity.StoreUnavailableException;
import io.github.kameleoonservlet.identity.UserKey;
import io.github.kameleoonservlet.identity.VisitorCode;
import io.github.kameleoonservlet.identity.VisitorCodeStore;
import io.github.kameleoonservlet.internal.outage.FirstOccurrences;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A store that keeps the links in a table. Unique keys on user and code decide each race, and each
 * statement is one transaction.
 *
 * <p>A call blocks until the database answers or the connection's time limit ends. Callers must not
 * use the thread of a request, which may be in a JTA transaction: {@code internal.guard} calls the
 * store on other threads. Thread-safe.
 */
public final class JdbcVisitorCodeStore implements VisitorCodeStore {

  private static final Logger LOG = LoggerFactory.getLogger(JdbcVisitorCodeStore.class);

  /**
   * The maximum number of attempts. After a lost race the second attempt finds the winner's row,
   * unless that row was erased meanwhile.
   */
  private static final int MAX_ROUNDS = 5;

  /** A user key that no user has. */
  private static final UserKey NOBODY = new UserKey("0".repeat(64));

  private final JdbcDatabase database;
  private final DatabaseProduct product;
  private final LinkReader reader;
  private final SchemaMode mode;
  private final FirstOccurrences invalid = new FirstOccurrences();
  private volatile boolean mayFlush;
  private volatile boolean tableIsThere;

  private JdbcVisitorCodeStore(
      JdbcDatabase database,
      DatabaseProduct product,
      LinkReader reader,
      SchemaMode mode,
      boolean tableIsThere) {
    this.database = database;
    this.product = product;
    this.reader = reader;
    this.mode = mode;
    this.mayFlush = product == DatabaseProduct.H2;
    this.tableIsThere = tableIsThere;
  }

  /**
   * Opens a store that reads with JDBC, see {@link #open(JdbcDatabase, SchemaMode, LinkReader)}.
   */
  public static JdbcVisitorCodeStore open(JdbcDatabase database, SchemaMode mode) {
    return open(database, mode, LinkReader.byJdbc());
  }

  /**
   * Connects to the database, prepares the table, and returns the store. Blocks. If the table does
   * not exist yet, a later call of the store prepares the table. After a failure the caller can try
   * again with the same database and reader.
   *
   * @param database the database; {@link #close} closes the database
   * @param reader the reader of links; {@link #close} closes the reader
   * @throws StoreUnavailableException if the database does not answer; a later attempt may succeed
   * @throws io.github.kameleoonservlet.identity.StoreMisconfiguredException if the schema is wrong
   *     (a {@link SchemaException}), the driver cannot be loaded, or the URL is refused; another
   *     attempt would fail as well
   */
  public static JdbcVisitorCodeStore open(
      JdbcDatabase database, SchemaMode mode, LinkReader reader) {
    return database.call(
        connection -> {
          DatabaseProduct product = DatabaseProduct.of(connection);
          boolean ready = isPrepared(connection, product, mode, database.isOwn());
          reader.prepare(connection);
          if (ready) {
            // The first run of the query is slow, and must not exceed the time-out of a request.
            reader.rows(connection, List.of(NOBODY));
          }
          return new JdbcVisitorCodeStore(database, product, reader, mode, ready);
        });
  }

  private static boolean isPrepared(
      Connection connection, DatabaseProduct product, SchemaMode mode, boolean mayFillEmpty)
      throws SQLException {
    try {
      return Schema.prepare(connection, product, mode, mayFillEmpty);
    } catch (MissingTableException e) {
      LOG.info(
          "Table {} does not exist yet, or this database user may not read it. Users"
              + " are served without a code until the application has created the table"
              + " (storeSchema={}).",
          Schema.TABLE,
          mode.name().toLowerCase(Locale.ROOT));
      return false;
    }
  }

  @Override
  public Optional<VisitorCode> find(UserKey user) {
    return read(List.of(user)).map(Link::code);
  }

  @Override
  public Optional<Link> find(UserKey user, UserKey previous) {
    return read(List.of(user, previous));
  }

  /** Returns the link of the first user in the list with a link. */
  private Optional<Link> read(List<UserKey> users) {
    List<LinkReader.Row> rows =
        untilDecided(connection -> Optional.of(reader.rows(connection, users)));
    for (UserKey user : users) {
      for (LinkReader.Row row : rows) {
        if (user.value().equals(row.userKey())) {
          return valid(row.code()).map(code -> new Link(user, code));
        }
      }
    }
    return Optional.empty();
  }

  /**
   * Returns a stored code if the code is valid. Another program may have written an invalid code:
   * the user is then served without a code, and the store never replaces the stored value. An
   * exception would count as an outage for all users.
   */
  private Optional<VisitorCode> valid(String code) {
    Optional<VisitorCode> valid =
        VisitorCode.parse(code).filter(parsed -> parsed.value().equals(code));
    if (valid.isEmpty() && invalid.isFirst()) {
      LOG.warn(
          "Table {} has a row whose code is not valid: the user of the row is served"
              + " without a code until the row is corrected. Logged once.",
          Schema.TABLE);
    }
    return valid;
  }

  @Override
  public LinkResult link(UserKey user, VisitorCode code) {
    return untilDecided(
        connection -> {
          LinkTable table = new LinkTable(connection, product);
          // The query comes first, so that a code of another user causes no error in the database.
          Optional<LinkResult> result = standing(table.rows(user, code), user, code);
          if (result.isEmpty() && table.insert(user, code)) {
            result = Optional.of(LinkResult.LINKED);
          }
          if (result.equals(Optional.of(LinkResult.LINKED))) {
            makeDurable(connection);
          }
          return result;
        });
  }

  private static Optional<LinkResult> standing(
      List<LinkReader.Row> rows, UserKey user, VisitorCode code) {
    for (LinkReader.Row row : rows) {
      if (user.value().equals(row.userKey())) {
        return Optional.of(
            code.value().equals(row.code()) ? LinkResult.LINKED : LinkResult.USER_LINKED);
      }
    }
    return rows.isEmpty() ? Optional.empty() : Optional.of(LinkResult.CODE_TAKEN);
  }

  @Override
  public boolean erase(UserKey user) {
    return untilDecided(
        connection -> {
          boolean erased = new LinkTable(connection, product).erase(user);
          makeDurable(connection);
          return Optional.of(erased);
        });
  }

  @Override
  public RenameResult rename(UserKey from, UserKey to) {
    return untilDecided(
        connection -> {
          if (LinkTable.rows(connection, List.of(from)).isEmpty()) {
            return Optional.of(RenameResult.NO_LINK);
          }
          if (from.equals(to)) {
            return Optional.of(RenameResult.RENAMED);
          }
          if (!LinkTable.rows(connection, List.of(to)).isEmpty()) {
            return Optional.of(RenameResult.TARGET_LINKED);
          }
          if (!new LinkTable(connection, product).rekey(from, to)) {
            return Optional.empty();
          }
          makeDurable(connection);
          return Optional.of(RenameResult.RENAMED);
        });
  }

  /**
   * Writes a commit to disk, so that a killed process does not lose the commit. Only H2 needs this
   * step. After a refusal the store does not try again.
   */
  private void makeDurable(Connection connection) throws SQLException {
    if (mayFlush) {
      mayFlush = H2Files.flush(connection);
    }
  }

  @Override
  public void close() {
    try {
      reader.close();
    } finally {
      database.close();
    }
  }

  /** Repeats a call until the call loses no race. An empty result means a lost race. */
  private <T> T untilDecided(JdbcDatabase.Call<Optional<T>> call) {
    for (int round = 0; round < MAX_ROUNDS; round++) {
      Optional<T> answer =
          database.call(
              connection -> {
                prepareTable(connection);
                try {
                  return call.on(connection);
                } catch (SQLException | RuntimeException e) {
                  // At a strict isolation level, any statement can fail because of a race.
                  if (Faults.of(e).anyMatch(product::isLostRace)) {
                    return Optional.empty();
                  }
                  throw e;
                }
              });
      if (answer.isPresent()) {
        return answer.get();
      }
    }
    throw new StoreUnavailableException("lost a race in the database at every attempt");
  }

  private void prepareTable(Connection connection) throws SQLException {
    if (tableIsThere) {
      return;
    }
    synchronized (this) {
      if (!tableIsThere) {
        tableIsThere = Schema.prepare(connection, product, mode, true);
      }
    }
  }
}
