package io.github.kameleoonservlet.jpa;

import jakarta.persistence.EntityManager;
import java.sql.Connection;
import java.sql.SQLException;

/** Is a persistence unit with our one entity, whoever provides it. Thread-safe. */
interface StoreUnit extends AutoCloseable {

  /**
   * Opens a session for one transaction.
   *
   * @throws SQLException or {@link jakarta.persistence.PersistenceException} when the database does
   *     not answer
   */
  Session open() throws SQLException;

  @Override
  void close();

  /** Is an entity manager and the connection below it. Used by one thread. */
  interface Session extends AutoCloseable {

    EntityManager entities();

    /** The connection of the entity manager's transaction, which must have begun. */
    Connection connection();

    @Override
    void close() throws SQLException;
  }
}
