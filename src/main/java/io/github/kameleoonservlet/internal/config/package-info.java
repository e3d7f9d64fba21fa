/**
 * The settings of a filter: declaration, parsing, checks, and the objects that settings name.
 *
 * <p>Internal: only {@code servlet} uses the public types.
 */
@NullMarked
package io.github.kameleoonservlet.internal.config;

import org.jspecify.annotations.NullMarked;
