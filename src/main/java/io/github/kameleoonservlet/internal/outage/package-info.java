/**
 * What every room does during an outage: log each cause once, and try again.
 *
 * <p>Each class exists once, so that a change of how the library logs or retries is made here.
 */
@NullMarked
package io.github.kameleoonservlet.internal.outage;

import org.jspecify.annotations.NullMarked;
