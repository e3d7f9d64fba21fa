package io.github.kameleoonservlet.internal.jdbc;

/** As MariaDB is by default since 11.6: a write that meets a later one fails. */
class MariaDbSnapshotStoreTest extends MariaDbStoreContract {

  MariaDbSnapshotStoreTest() {
    super("jdbc:mariadb:", "--innodb-snapshot-isolation=ON");
  }
}
