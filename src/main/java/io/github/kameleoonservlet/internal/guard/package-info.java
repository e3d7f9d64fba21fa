/**
 * The cache and the time limits before each store.
 *
 * <p>A request does not wait for a store that is down, and waits at most the time limit for a slow
 * store. Internal: only {@code servlet} uses the public types.
 */
@NullMarked
package io.github.kameleoonservlet.internal.guard;

import org.jspecify.annotations.NullMarked;
