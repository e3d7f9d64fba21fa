/**
 * The classes that {@code web.xml} names: {@link
 * io.github.kameleoonservlet.servlet.KameleoonVisitorFilter} and {@link
 * io.github.kameleoonservlet.servlet.KameleoonVisitorServlet}.
 *
 * <p>{@code Wiring} builds and closes everything that a filter uses. No other class depends on the
 * adapters ({@code guard}, {@code jdbc}, {@code jpa}, {@code kameleoon}).
 */
@NullMarked
package io.github.kameleoonservlet.servlet;

import org.jspecify.annotations.NullMarked;
