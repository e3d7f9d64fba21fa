/**
 * The store with JDBC: drivers, connections, table and SQL. Needs no persistence provider, and
 * loads only the driver of the URL.
 *
 * <p>Internal: only what {@code servlet.StoreOpener} and {@code jpa} call is public.
 */
@NullMarked
package io.github.kameleoonservlet.internal.jdbc;

import org.jspecify.annotations.NullMarked;
