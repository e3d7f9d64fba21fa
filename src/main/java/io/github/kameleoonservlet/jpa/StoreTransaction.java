package io.github.kameleoonservlet.jpa;

import io.github.kameleoonservlet.identity.UserKey;
import io.github.kameleoonservlet.identity.VisitorCode;
import jakarta.persistence.EntityManager;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes rows in one transaction, on one connection. Used by one thread.
 *
 * <p>The two writes that may lose a race go to the connection itself: an entity manager would log
 * the database's message, with the code in it, as an ERROR before we could say that it is none.
 */
final class StoreTransaction {

  private final EntityManager entities;
  private final Connection connection;
  private final DatabaseProduct product;

  StoreTransaction(EntityManager entities, Connection connection, DatabaseProduct product) {
    this.entities = entities;
    this.connection = connection;
    this.product = product;
  }

  /** The text of the user's code: whether it is valid depends on who has written the row. */
  Optional<String> codeOf(UserKey user) {
    return entities
        .createQuery("select v.code from LinkedVisitorCode v where v.userKey = :user", String.class)
        .setParameter("user", user.value())
        .getResultStream()
        .findFirst();
  }

  /**
   * The row of the user and the row of the code: none, one for both, or one for each. Read column
   * by column, because Hibernate names each entity that it loads, by its id, in its log at DEBUG,
   * and as arrays, because EclipseLink makes no tuples of JPQL.
   */
  List<Row> rowsOf(UserKey user, VisitorCode code) {
    return entities
        .createQuery(
            "select v.code, v.userKey from LinkedVisitorCode v"
                + " where v.userKey = :user or v.code = :code",
            Object[].class)
        .setParameter("user", user.value())
        .setParameter("code", code.value())
        .getResultStream()
        .map(row -> new Row((String) row[0], (String) row[1]))
        .toList();
  }

  /** Empties the user's row. Returns whether there was one. */
  boolean erase(UserKey user) {
    return entities
            .createQuery("update LinkedVisitorCode v set v.userKey = null where v.userKey = :user")
            .setParameter("user", user.value())
            .executeUpdate()
        > 0;
  }

  /** Inserts a row. False when a race was lost: the transaction is to be rolled back. */
  boolean insert(UserKey user, VisitorCode code) throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(product.insert())) {
      bind(insert, code.value(), user.value());
      return insert.executeUpdate() == 1;
    } catch (SQLException e) {
      return lost(e);
    }
  }

  /** Re-keys a row. False when a race was lost: the transaction is to be rolled back. */
  boolean rekey(UserKey from, UserKey to) throws SQLException {
    try (PreparedStatement update = connection.prepareStatement(product.rekey())) {
      update.setString(1, to.value());
      update.setString(2, from.value());
      return update.executeUpdate() == 1 && codeOf(from).isEmpty();
    } catch (SQLException e) {
      return lost(e);
    }
  }

  /**
   * Fills in {@link DatabaseProduct#insert()}; the time is UTC whatever the time zone of this
   * machine.
   */
  static void bind(PreparedStatement insert, String code, @Nullable String userKey)
      throws SQLException {
    insert.setString(1, code);
    insert.setString(2, userKey);
    insert.setObject(3, LocalDateTime.now(ZoneOffset.UTC).truncatedTo(ChronoUnit.MILLIS));
  }

  /** False for a lost race; anything else is a fault. */
  private boolean lost(SQLException e) throws SQLException {
    if (product.isLostRace(e)) {
      return false;
    }
    throw e;
  }

  /**
   * What a row says.
   *
   * @param userKey null when the user was erased
   */
  record Row(String code, @Nullable String userKey) {}
}
