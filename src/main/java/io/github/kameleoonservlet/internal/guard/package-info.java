/**
 * The cache and the time limit before any store.
 *
 * <p>A request does not wait for a store that is down, and waits at most the time limit for a slow
 * one.
 */
@NullMarked
package io.github.kameleoonservlet.internal.guard;

import org.jspecify.annotations.NullMarked;
