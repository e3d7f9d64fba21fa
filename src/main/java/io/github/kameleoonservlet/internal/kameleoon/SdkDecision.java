package io.github.kameleoonservlet.internal.kameleoon;

import com.kameleoon.configuration.Rule;
import io.github.kameleoonservlet.decision.Variation;
import org.jspecify.annotations.Nullable;

/**
 * A decision of the SDK's engine, independent of the visitor. Immutable.
 *
 * @param variation the result for the page
 * @param type the type of the rule that assigned the variation; null if no rule assigned one
 */
record SdkDecision(Variation variation, Rule.@Nullable Type type) {}
