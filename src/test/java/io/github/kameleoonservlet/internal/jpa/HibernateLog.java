package io.github.kameleoonservlet.internal.jpa;

/** Detects lines of Hibernate in a recorded log. */
final class HibernateLog {

  private HibernateLog() {}

  /** Returns whether Hibernate logged a statement of the store, which it does at DEBUG. */
  static boolean isStatement(String line) {
    return line.startsWith("DEBUG org.hibernate.SQL: ") && line.contains("kameleoon_visitor_code");
  }

  /** Returns whether a line shows a value, which Hibernate before 6.6 logs at DEBUG. */
  static boolean isValueOfOldHibernate(String line) {
    return line.startsWith("DEBUG org.hibernate.orm.results: Extracted JDBC value");
  }
}
