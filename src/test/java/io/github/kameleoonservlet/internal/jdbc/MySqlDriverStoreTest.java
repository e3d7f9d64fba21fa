package io.github.kameleoonservlet.internal.jdbc;

/** The driver of MySQL, and a server that is not strict: it cuts what is too long. */
class MySqlDriverStoreTest extends MariaDbStoreContract {

  MySqlDriverStoreTest() {
    super("jdbc:mysql:", "--sql-mode=");
  }

  /** MariaDB reports to a foreign driver that it is MySQL 5.5.5. */
  @Override
  protected boolean isExpected(String complaint) {
    return complaint.contains("HHH000511: The 5.5.5 version for");
  }
}
