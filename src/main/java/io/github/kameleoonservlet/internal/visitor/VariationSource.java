package io.github.kameleoonservlet.internal.visitor;

import io.github.kameleoonservlet.decision.Variation;
import java.util.Map;
import java.util.Set;

/** The source of the variations that pages read. Thread-safe. */
interface VariationSource {

  /** Decides a feature, once for each visitor; returns the same variation at every later call. */
  Variation decide(String featureKey);

  /** Returns the keys of all features; decides nothing. */
  Set<String> featureKeys();

  /** Returns a copy of the variations decided so far, by feature key; decides nothing. */
  Map<String, Variation> decidedSoFar();
}
