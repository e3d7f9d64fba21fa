package io.github.kameleoonservlet.internal.jdbc;

/**
 * Tests MariaDB with the default since 11.6: a write fails if another transaction has changed the
 * row since the snapshot.
 */
class MariaDbSnapshotStoreTest extends MariaDbStoreContract {

  MariaDbSnapshotStoreTest() {
    super("jdbc:mariadb:", "--innodb-snapshot-isolation=ON");
  }
}
