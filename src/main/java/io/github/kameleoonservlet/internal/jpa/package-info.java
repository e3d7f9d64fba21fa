/**
 * The reader of links through the application's Hibernate, for the setting {@code persistenceUnit}.
 * The package {@code jdbc} writes the links, and reads links if the unit has another provider.
 *
 * <p>Internal: only what {@code servlet.StoreOpener} calls is public. The application may lack
 * Jakarta Persistence and Hibernate.
 */
@NullMarked
package io.github.kameleoonservlet.internal.jpa;

import org.jspecify.annotations.NullMarked;
