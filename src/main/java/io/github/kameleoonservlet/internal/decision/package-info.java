/**
 * The port to the service that decides variations and takes events, and the values that it returns.
 *
 * <p>The room {@code kameleoon} implements the port; the room {@code visitor} calls the port.
 */
@NullMarked
package io.github.kameleoonservlet.internal.decision;

import org.jspecify.annotations.NullMarked;
