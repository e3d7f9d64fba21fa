/**
 * A cache and a time limit in front of any store.
 *
 * <p>A request never waits for a store that is slow or down. Depends on {@code identity}, Caffeine
 * and SLF4J; knows no database.
 */
@NullMarked
package io.github.kameleoonservlet.internal.guard;

import org.jspecify.annotations.NullMarked;
