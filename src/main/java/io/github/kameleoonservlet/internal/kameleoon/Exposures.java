package io.github.kameleoonservlet.internal.kameleoon;

import com.kameleoon.configuration.Rule;
import com.kameleoon.data.manager.AssignedVariationImpl;
import com.kameleoon.data.manager.Visitor;
import com.kameleoon.data.manager.VisitorManager;
import com.kameleoon.managers.tracking.TrackingManager;
import org.jspecify.annotations.Nullable;

/**
 * The exposures that the SDK gets without a decision. Makes the last two calls of {@code
 * getFeatureVariationKey} of SDK 4.5.0. Thread-safe.
 */
final class Exposures {

  private final VisitorManager visitors;
  private final TrackingManager tracking;
  private final IdleVisitors idle;

  Exposures(VisitorManager visitors, TrackingManager tracking, IdleVisitors idle) {
    this.visitors = visitors;
    this.tracking = tracking;
    this.idle = idle;
  }

  /**
   * Tracks that a visitor was exposed.
   *
   * @param experimentId the experiment; null if no rule decided
   * @param variationId the variation; null if no rule assigned a variation, or if the variation has
   *     no id
   * @param type the type of the rule; null if no rule decided
   */
  void track(
      String code,
      @Nullable Integer experimentId,
      @Nullable Integer variationId,
      Rule.@Nullable Type type) {
    if (experimentId != null && variationId != null) {
      AssignedVariationImpl assigned = new AssignedVariationImpl(experimentId, variationId, type);
      Visitor visitor = visitors.addData(code, assigned);
      if (idle.visitor(code) != visitor) {
        // The SDK finds the visitor, then adds the data. The visitor was dropped between these
        // steps.
        visitors.addData(code, assigned);
      }
    }
    tracking.addVisitorCode(code);
    idle.added(code);
    Visitor known = idle.visitor(code);
    if (known == null || known.getUserAgent() == null) {
      // The visitor was removed since the decision began, or has no User-Agent.
      idle.restore(code);
    }
  }
}
