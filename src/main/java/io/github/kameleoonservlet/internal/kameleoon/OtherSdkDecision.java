package io.github.kameleoonservlet.internal.kameleoon;

import io.github.kameleoonservlet.decision.Reason;
import org.jspecify.annotations.Nullable;

/**
 * The result of one evaluation by an SDK of another version than 4.5.0.
 *
 * @param key the variation's key
 * @param id the variation's id; null if no rule assigned it, or if the SDK does not return it
 * @param experimentId the experiment's id; null as the variation's
 * @param reason ASSIGNED or DEFAULT
 */
record OtherSdkDecision(
    String key, @Nullable Integer id, @Nullable Integer experimentId, Reason reason) {}
