package io.github.kameleoonservlet.jpa;

import io.github.kameleoonservlet.identity.StoreUnavailableException;
import io.github.kameleoonservlet.identity.UserKey;
import io.github.kameleoonservlet.identity.VisitorCode;
import io.github.kameleoonservlet.identity.VisitorCodeStore;
import jakarta.persistence.EntityTransaction;
import jakarta.persistence.PersistenceException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the links in a table with unique keys on the user and on the code, which decide every race.
 *
 * <p>Each call is one short transaction, two when a race was lost. Calls block for as long as the
 * database does, at most some seconds; keep them off the request's thread, which may be in a JTA
 * transaction that our commit would disturb. Thread-safe.
 */
public final class JpaVisitorCodeStore implements VisitorCodeStore {

  private static final Logger LOG = LoggerFactory.getLogger(JpaVisitorCodeStore.class);

  /** A lost race shows the winner in the next round; more are lost only to erasures in between. */
  private static final int MAX_ROUNDS = 5;

  private final OpenDatabase database;
  private final DatabaseProduct product;
  private final StoreUnit unit;
  private final AtomicBoolean invalid = new AtomicBoolean();

  private JpaVisitorCodeStore(OpenDatabase database, DatabaseProduct product, StoreUnit unit) {
    this.database = database;
    this.product = product;
    this.unit = unit;
  }

  /**
   * Connects to the database, sees to its schema and makes a store. Blocks; on a failure nothing is
   * left open.
   *
   * @throws StoreUnavailableException when the database does not answer: try again later
   * @throws io.github.kameleoonservlet.identity.UnusableStoreException when the schema is wrong (a
   *     {@link SchemaException}), or there is no driver or no Jakarta Persistence: trying again is
   *     of no use
   */
  public static JpaVisitorCodeStore open(StoreDatabase database, SchemaMode mode) {
    OpenDatabase opened = database.open();
    try {
      DatabaseProduct product;
      try (Connection connection = opened.dataSource().getConnection()) {
        product = DatabaseProduct.of(connection);
        if (product == DatabaseProduct.H2) {
          H2Files.flushEveryCommit(connection);
        }
        Schema.prepare(connection, product, mode);
      }
      // With our connection given back: a pool of the application may have but one.
      StoreUnit unit = UnitProviders.open(opened.dataSource(), database.provider());
      JpaVisitorCodeStore store = new JpaVisitorCodeStore(opened, product, unit);
      try {
        store.warmUp();
      } catch (RuntimeException | Error e) {
        unit.close();
        throw e;
      }
      return store;
    } catch (SQLException | PersistenceException e) {
      opened.close();
      throw H2Files.inUse(e)
          ? new H2FileInUseException(e)
          : new StoreUnavailableException("the database does not answer", e);
    } catch (LinkageError e) {
      opened.close();
      throw UnitProviders.unusable(e);
    } catch (RuntimeException | Error e) {
      opened.close();
      throw e;
    }
  }

  /** Runs the queries once: their first run takes longer than a request may wait. */
  private void warmUp() {
    UserKey nobody = new UserKey("0".repeat(64));
    VisitorCode none = new VisitorCode("-");
    untilDecided(
        transaction ->
            Optional.of(
                transaction.codeOf(nobody).isEmpty()
                    && transaction.rowsOf(nobody, none).isEmpty()));
  }

  @Override
  public Optional<VisitorCode> find(UserKey user) {
    Optional<String> code = untilDecided(transaction -> Optional.of(transaction.codeOf(user)));
    return code.flatMap(this::valid);
  }

  /**
   * Somebody else may have filled the table. Who has no valid code there has none, and is not
   * linked to another one; to fail would look like an outage and take the codes of all.
   */
  private Optional<VisitorCode> valid(String code) {
    Optional<VisitorCode> valid =
        VisitorCode.parse(code).filter(parsed -> parsed.value().equals(code));
    if (valid.isEmpty() && invalid.compareAndSet(false, true)) {
      LOG.warn(
          "Table {} has a row whose code is not valid: its user is served without one, until the row"
              + " is put right. This is said once.",
          Schema.TABLE);
    }
    return valid;
  }

  @Override
  public LinkResult link(UserKey user, VisitorCode code) {
    return untilDecided(
        transaction -> {
          // Asked first, so that a taken code, which is no race, raises no error in the database.
          Optional<LinkResult> standing = standing(transaction.rowsOf(user, code), user, code);
          return standing.isPresent() || !transaction.insert(user, code)
              ? standing
              : Optional.of(LinkResult.LINKED);
        });
  }

  private static Optional<LinkResult> standing(
      List<StoreTransaction.Row> rows, UserKey user, VisitorCode code) {
    for (StoreTransaction.Row row : rows) {
      if (user.value().equals(row.userKey())) {
        return Optional.of(
            code.value().equals(row.code()) ? LinkResult.LINKED : LinkResult.USER_LINKED);
      }
    }
    return rows.isEmpty() ? Optional.empty() : Optional.of(LinkResult.CODE_TAKEN);
  }

  @Override
  public boolean erase(UserKey user) {
    return untilDecided(transaction -> Optional.of(transaction.erase(user)));
  }

  @Override
  public RenameResult rename(UserKey from, UserKey to) {
    return untilDecided(
        transaction -> {
          if (transaction.codeOf(from).isEmpty()) {
            return Optional.of(RenameResult.NO_LINK);
          }
          if (from.equals(to)) {
            return Optional.of(RenameResult.RENAMED);
          }
          if (transaction.codeOf(to).isPresent()) {
            return Optional.of(RenameResult.TARGET_LINKED);
          }
          return transaction.rekey(from, to) ? Optional.of(RenameResult.RENAMED) : Optional.empty();
        });
  }

  @Override
  public void close() {
    try {
      unit.close();
    } finally {
      database.close();
    }
  }

  /** Runs transactions until one of them loses no race. */
  private <T> T untilDecided(Work<T> work) {
    try {
      for (int round = 0; round < MAX_ROUNDS; round++) {
        Optional<T> answer = inTransaction(work);
        if (answer.isPresent()) {
          return answer.get();
        }
      }
    } catch (SQLException | RuntimeException e) {
      throw new StoreUnavailableException("the database does not answer", e);
    }
    throw new StoreUnavailableException("the database lost every race");
  }

  private <T> Optional<T> inTransaction(Work<T> work) throws SQLException {
    try (StoreUnit.Session session = unit.open()) {
      EntityTransaction transaction = session.entities().getTransaction();
      try {
        transaction.begin();
        Optional<T> answer =
            work.in(new StoreTransaction(session.entities(), session.connection(), product));
        if (answer.isPresent()) {
          transaction.commit();
        } else {
          transaction.rollback();
        }
        return answer;
      } catch (SQLException | RuntimeException | Error e) {
        Connection connection = connectionOf(session, e);
        rollBack(transaction, e);
        if (isLostRace(e)) {
          return Optional.empty();
        }
        if (connection != null) {
          database.discard().accept(connection);
        }
        throw e;
      }
    }
  }

  /** A database that isolates strictly says so at any statement, and at the commit. */
  private boolean isLostRace(Throwable fault) {
    return Stream.iterate(fault, Objects::nonNull, Throwable::getCause)
        .anyMatch(cause -> cause instanceof SQLException sql && product.isLostRace(sql));
  }

  private static @Nullable Connection connectionOf(StoreUnit.Session session, Throwable cause) {
    try {
      return session.connection();
    } catch (RuntimeException e) {
      cause.addSuppressed(e);
      return null;
    }
  }

  /** On a broken connection this fails, too, and says less of the cause. */
  private static void rollBack(EntityTransaction transaction, Throwable cause) {
    try {
      if (transaction.isActive()) {
        transaction.rollback();
      }
    } catch (RuntimeException e) {
      cause.addSuppressed(e);
    }
  }

  /** What happens inside a transaction; empty means a lost race and a rollback. */
  private interface Work<T> {
    Optional<T> in(StoreTransaction transaction) throws SQLException;
  }
}
