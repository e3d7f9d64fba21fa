package io.github.kameleoonservlet.benchmark.nodes;

import java.util.Locale;

/**
 * The options of the command line.
 *
 * @param users the number of users
 * @param nginx the program
 * @param pgbouncer the program, which then runs between stores and PostgreSQL, or an empty text
 * @param jdbcParameters parameters to add to the JDBC URL of the stores, as {@code &name=value}
 * @param fault the planted mistake
 */
record Options(int users, String nginx, String pgbouncer, String jdbcParameters, Fault fault) {

  /** A mistake in the configuration, which the run must report. */
  enum Fault {
    NONE,
    /** The second node has another userIdSecret. */
    SECRET,
    /** The second node keeps the codes in a separate H2 file. */
    STORES
  }

  static Options ofSystem() {
    return new Options(
        Integer.getInteger("nodes.users"),
        System.getProperty("nodes.nginx"),
        System.getProperty("nodes.pgbouncer", ""),
        System.getProperty("nodes.jdbcParameters", ""),
        Fault.valueOf(System.getProperty("nodes.fault", "none").toUpperCase(Locale.ROOT)));
  }
}
