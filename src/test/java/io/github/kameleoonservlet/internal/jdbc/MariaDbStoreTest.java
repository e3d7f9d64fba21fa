package io.github.kameleoonservlet.internal.jdbc;

class MariaDbStoreTest extends MariaDbStoreContract {

  MariaDbStoreTest() {
    super("jdbc:mariadb:");
  }
}
