package io.github.kameleoonservlet.jpa;

class JpaMariaDbStoreTest extends MariaDbStoreContract {

  JpaMariaDbStoreTest() {
    super("jdbc:mariadb:");
  }
}
