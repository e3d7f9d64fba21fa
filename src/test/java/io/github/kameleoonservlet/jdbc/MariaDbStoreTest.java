package io.github.kameleoonservlet.jdbc;

class MariaDbStoreTest extends MariaDbStoreContract {

  MariaDbStoreTest() {
    super("jdbc:mariadb:");
  }
}
