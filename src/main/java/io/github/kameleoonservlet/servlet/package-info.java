/**
 * The way into a web application: the filter, its cookie and its settings, and the JSON API.
 *
 * <p>{@link io.github.kameleoonservlet.servlet.KameleoonVisitorFilter} is the entry; {@code Wiring}
 * is the one class that builds, wires and closes, and alone sees the packages {@code guard}, {@code
 * jdbc}, {@code jpa} and {@code kameleoon}.
 */
@NullMarked
package io.github.kameleoonservlet.servlet;

import org.jspecify.annotations.NullMarked;
