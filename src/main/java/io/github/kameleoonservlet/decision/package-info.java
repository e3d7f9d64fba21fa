/** Variations, and the explanation of a decision. */
@NullMarked
package io.github.kameleoonservlet.decision;

import org.jspecify.annotations.NullMarked;
