/**
 * Stores the links by plain JDBC: drivers, connections, table and SQL. It needs no persistence
 * provider, and loads no driver but the one of its URL.
 *
 * <p>Internal: public is only what {@code servlet.Wiring} and {@code jpa} call. Depends on {@code
 * identity}, HikariCP and SLF4J.
 */
@NullMarked
package io.github.kameleoonservlet.jdbc;

import org.jspecify.annotations.NullMarked;
