/**
 * Users, visitor codes, and the store that links them.
 *
 * <p>Applications read {@link io.github.kameleoonservlet.identity.Outcome} and {@link
 * io.github.kameleoonservlet.identity.Consent}, and can implement {@link
 * io.github.kameleoonservlet.identity.VisitorCodeStore}.
 */
@NullMarked
package io.github.kameleoonservlet.identity;

import org.jspecify.annotations.NullMarked;
