/**
 * Says which variation of a feature a visitor has: the words of it and the port to whoever decides.
 * Depends on {@code identity}, {@code java.*} and JSpecify only.
 *
 * <p>Applications use {@link io.github.kameleoonservlet.decision.Variation} and {@link
 * io.github.kameleoonservlet.decision.Reason}; the rest is internal.
 */
@NullMarked
package io.github.kameleoonservlet.decision;

import org.jspecify.annotations.NullMarked;
