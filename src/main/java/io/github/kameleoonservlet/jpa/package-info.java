/**
 * Reads the links by the application's Hibernate, for {@code persistenceUnit}. Everything else is
 * done by {@code jdbc}, and reading as well where the unit's provider is another one.
 *
 * <p>Internal: public is only what {@code servlet.Wiring} calls. Depends on {@code jdbc}, {@code
 * identity}, Jakarta Persistence and Hibernate; the last two are there when the application brings
 * them.
 */
@NullMarked
package io.github.kameleoonservlet.jpa;

import org.jspecify.annotations.NullMarked;
