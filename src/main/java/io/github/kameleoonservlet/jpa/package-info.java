/**
 * Keeps the links in a relational database, by Jakarta Persistence.
 *
 * <p>Internal: public is only what the wiring calls. Depends on {@code identity}, Jakarta
 * Persistence, HikariCP and, in {@link io.github.kameleoonservlet.jpa.HibernateUnit} alone,
 * Hibernate, which an application with another provider leaves out.
 */
@NullMarked
package io.github.kameleoonservlet.jpa;

import org.jspecify.annotations.NullMarked;
