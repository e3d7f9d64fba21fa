/**
 * The decision table: determines which visitor code a request has.
 *
 * <p>Pure: no servlet, no database, no SDK, no clock. {@link
 * io.github.kameleoonservlet.internal.reconcile.Reconciler} holds the table, {@link
 * io.github.kameleoonservlet.internal.reconcile.VisitorResolver} runs it against the store.
 */
@NullMarked
package io.github.kameleoonservlet.internal.reconcile;

import org.jspecify.annotations.NullMarked;
