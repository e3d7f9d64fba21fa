/**
 * The classes that {@code web.xml} names: {@link
 * io.github.kameleoonservlet.servlet.KameleoonVisitorFilter} and {@link
 * io.github.kameleoonservlet.servlet.KameleoonVisitorServlet}.
 *
 * <p>{@code Wiring} builds and closes everything that a filter uses; {@code StoreOpener} opens its
 * store. No other class uses the rooms {@code guard}, {@code jdbc}, {@code jpa} and {@code
 * kameleoon}.
 */
@NullMarked
package io.github.kameleoonservlet.servlet;

import org.jspecify.annotations.NullMarked;
