/**
 * Reads the links through the application's Hibernate, for {@code persistenceUnit}. The package
 * {@code jdbc} does everything else, and also reads if the unit has another provider.
 *
 * <p>Internal: only what {@code servlet.Wiring} calls is public. Depends on {@code jdbc}, {@code
 * identity}, Jakarta Persistence and Hibernate; the application may lack the last two.
 */
@NullMarked
package io.github.kameleoonservlet.internal.jpa;

import org.jspecify.annotations.NullMarked;
