/**
 * The decision table: determines which visitor code a request has.
 *
 * <p>{@code Reconciler} contains the table and calls no store. {@link
 * io.github.kameleoonservlet.internal.reconcile.VisitorResolver} runs the table against the store,
 * through {@link io.github.kameleoonservlet.internal.reconcile.UserLinks}.
 */
@NullMarked
package io.github.kameleoonservlet.internal.reconcile;

import org.jspecify.annotations.NullMarked;
