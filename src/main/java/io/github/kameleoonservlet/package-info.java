/**
 * The types that an application uses: the {@link io.github.kameleoonservlet.Visitor} of a request,
 * the {@link io.github.kameleoonservlet.VisitorService} for administrators, and two interfaces that
 * an application can implement.
 *
 * <p>Of the servlet API this package uses one type, {@code HttpServletRequest}.
 */
@NullMarked
package io.github.kameleoonservlet;

import org.jspecify.annotations.NullMarked;
