/** The values that settings take from each request: from its session, attributes and headers. */
@NullMarked
package io.github.kameleoonservlet.internal.source;

import org.jspecify.annotations.NullMarked;
