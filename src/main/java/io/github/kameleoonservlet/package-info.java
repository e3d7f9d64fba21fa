/**
 * What applications program against: the {@link io.github.kameleoonservlet.Visitor} of a request,
 * the {@link io.github.kameleoonservlet.VisitorService} for administrators, and the two questions
 * that an application may answer itself.
 *
 * <p>Depends on {@code decision} and {@code identity}; of the servlet API it names one type, {@code
 * HttpServletRequest}, in the two resolvers.
 */
@NullMarked
package io.github.kameleoonservlet;

import org.jspecify.annotations.NullMarked;
