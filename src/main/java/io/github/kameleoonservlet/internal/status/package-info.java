/**
 * The report of what the filter does, for operators: assembled once, and written as a page or as
 * JSON.
 *
 * <p>{@code servlet.KameleoonStatusServlet} decides who gets the report.
 */
@NullMarked
package io.github.kameleoonservlet.internal.status;

import org.jspecify.annotations.NullMarked;
