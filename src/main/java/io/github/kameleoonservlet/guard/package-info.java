/**
 * Stands between the decision and any store: a cache, and a guard that lets no request wait for a
 * store that is slow or down.
 *
 * <p>Internal: public is only what the wiring calls. Depends on {@code identity}, Caffeine and
 * SLF4J; knows no database.
 */
@NullMarked
package io.github.kameleoonservlet.guard;

import org.jspecify.annotations.NullMarked;
