/**
 * The requests, answers and problem documents of the JSON API.
 *
 * <p>Internal: only {@code servlet} uses the public types.
 */
@NullMarked
package io.github.kameleoonservlet.internal.api;

import org.jspecify.annotations.NullMarked;
