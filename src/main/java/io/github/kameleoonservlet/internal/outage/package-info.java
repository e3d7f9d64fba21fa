/**
 * The parts of all packages for outages: logging a cause once, and repeating an attempt.
 *
 * <p>Internal: all packages of the library may use the public types.
 */
@NullMarked
package io.github.kameleoonservlet.internal.outage;

import org.jspecify.annotations.NullMarked;
