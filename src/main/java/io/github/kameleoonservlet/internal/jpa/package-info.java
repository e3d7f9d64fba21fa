/**
 * Reads the links through the application's Hibernate, for {@code persistenceUnit}. The package
 * {@code jdbc} does everything else, and also reads if the unit has another provider.
 *
 * <p>Internal: only what {@code servlet.StoreOpener} calls is public. The application may lack
 * Jakarta Persistence and Hibernate.
 */
@NullMarked
package io.github.kameleoonservlet.internal.jpa;

import org.jspecify.annotations.NullMarked;
