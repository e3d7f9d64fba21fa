package io.github.kameleoonservlet.internal.visitor;

import io.github.kameleoonservlet.decision.Variation;
import io.github.kameleoonservlet.internal.decision.DecisionProvider;
import java.util.Optional;

/** The choice of a preview for one feature. Immutable. */
@FunctionalInterface
interface PreviewChoice {

  /** Returns the chosen variation; empty if the data file does not have the variation. */
  Optional<Variation> variation(DecisionProvider decisions);
}
