package io.github.kameleoonservlet.jpa;

import javax.sql.DataSource;

/**
 * Is a database in use.
 *
 * @param dataSource where the connections come from
 * @param release gives back what we opened ourselves; nothing for a data source that was given
 */
record OpenDatabase(DataSource dataSource, Runnable release) implements AutoCloseable {

  @Override
  public void close() {
    release.run();
  }
}
