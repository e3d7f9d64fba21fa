package io.github.kameleoonservlet.jpa;

/** As MariaDB is by default since 11.6: a write that meets a later one fails. */
class JpaMariaDbSnapshotStoreTest extends MariaDbStoreContract {

  JpaMariaDbSnapshotStoreTest() {
    super("jdbc:mariadb:", "--innodb-snapshot-isolation=ON");
  }
}
