/**
 * The types that an application uses: the {@link io.github.kameleoonservlet.Visitor} of a request,
 * the {@link io.github.kameleoonservlet.VisitorService} for administrators, and three interfaces
 * that an application can implement.
 */
@NullMarked
package io.github.kameleoonservlet;

import org.jspecify.annotations.NullMarked;
