/**
 * Says which variation of a feature a visitor has: the words of it and the port to whoever decides.
 * Depends on {@code identity}, {@code targeting}, {@code java.*} and JSpecify only.
 *
 * <p>Applications use {@link io.github.kameleoonservlet.decision.Variation}, {@link
 * io.github.kameleoonservlet.decision.Reason} and {@link
 * io.github.kameleoonservlet.decision.Explanation} with its rules and conditions; the rest is
 * internal.
 */
@NullMarked
package io.github.kameleoonservlet.decision;

import org.jspecify.annotations.NullMarked;
