package io.github.kameleoonservlet.jpa;

import java.sql.Connection;
import java.util.function.Consumer;
import javax.sql.DataSource;

/**
 * Is a database in use.
 *
 * @param dataSource where the connections come from
 * @param discard hears of a connection on which something failed, before it is closed
 * @param release gives back what we opened ourselves; nothing for a data source that was given
 */
record OpenDatabase(DataSource dataSource, Consumer<Connection> discard, Runnable release)
    implements AutoCloseable {

  @Override
  public void close() {
    release.run();
  }
}
