package io.github.kameleoonservlet.internal.kameleoon;

import io.github.kameleoonservlet.decision.Reason;
import org.jspecify.annotations.Nullable;

/**
 * Holds what one evaluation of the SDK gave.
 *
 * @param key the variation's key
 * @param id the variation's id, null when no rule assigned it or the SDK does not tell
 * @param experimentId the experiment's id, likewise
 * @param reason ASSIGNED or DEFAULT
 */
record Decided(String key, @Nullable Integer id, @Nullable Integer experimentId, Reason reason) {}
