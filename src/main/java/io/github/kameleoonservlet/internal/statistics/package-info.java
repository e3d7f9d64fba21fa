/**
 * What one filter counts since its start: requests, decisions, calls of the store and of the
 * platform.
 *
 * <p>Rooms on the request's way write, and the rooms that show the counts read. Writing takes no
 * lock, except for the first decision with each variation and for the beginning and the end of an
 * outage. All memory is bounded, also when clients make up keys. Internal: no type is public API.
 */
@NullMarked
package io.github.kameleoonservlet.internal.statistics;

import org.jspecify.annotations.NullMarked;
