package io.github.kameleoonservlet.internal.kameleoon;

import io.github.kameleoonservlet.decision.Reason;
import org.jspecify.annotations.Nullable;

/**
 * A decision of an SDK whose internals differ from 4.5.0. Immutable.
 *
 * @param key the variation's key
 * @param id the variation's id; null if no rule assigned the variation, or if the SDK returns no id
 * @param experimentId the experiment's id; null in the same cases
 * @param reason ASSIGNED or DEFAULT
 */
record OtherSdkDecision(
    String key, @Nullable Integer id, @Nullable Integer experimentId, Reason reason) {}
