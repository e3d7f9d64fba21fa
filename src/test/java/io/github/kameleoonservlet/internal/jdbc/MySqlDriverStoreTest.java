package io.github.kameleoonservlet.internal.jdbc;

/** Tests the driver of MySQL, with a server in non-strict mode, which truncates long values. */
class MySqlDriverStoreTest extends MariaDbStoreContract {

  MySqlDriverStoreTest() {
    super("jdbc:mysql:", "--sql-mode=");
  }

  /** MariaDB reports the version MySQL 5.5.5 to a foreign driver. */
  @Override
  protected boolean isExpected(String complaint) {
    return complaint.contains("HHH000511: The 5.5.5 version for");
  }
}
