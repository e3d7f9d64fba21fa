/**
 * Variations, and the explanation of a decision.
 *
 * <p>Depends on {@code java.*} and JSpecify.
 */
@NullMarked
package io.github.kameleoonservlet.decision;

import org.jspecify.annotations.NullMarked;
