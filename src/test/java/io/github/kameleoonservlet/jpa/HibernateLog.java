package io.github.kameleoonservlet.jpa;

/** Detects in a recorded log whether Hibernate has read. */
final class HibernateLog {

  private HibernateLog() {}

  /** Returns whether Hibernate logged a statement of the store, which it does at DEBUG. */
  static boolean isStatement(String line) {
    return line.startsWith("DEBUG org.hibernate.SQL: ") && line.contains("kameleoon_visitor_code");
  }
}
