package io.github.kameleoonservlet.internal.visitor;

import io.github.kameleoonservlet.Visitor;
import io.github.kameleoonservlet.decision.Explanation;
import io.github.kameleoonservlet.decision.Preview;
import io.github.kameleoonservlet.decision.Variation;
import io.github.kameleoonservlet.identity.Outcome;
import io.github.kameleoonservlet.identity.VisitorCode;
import io.github.kameleoonservlet.internal.decision.ExplainedFeature;
import io.github.kameleoonservlet.internal.reconcile.Reconciliation;
import java.io.Serializable;
import java.security.SecureRandom;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The visitor of a request as a session store keeps it. Returns what the request had when it was
 * serialized; its other methods do nothing. Immutable and thread-safe.
 */
final class VisitorSnapshot implements Visitor, Serializable {

  private static final long serialVersionUID = 1L;

  private final String code;
  private final @Nullable String userId;
  private final Outcome outcome;
  private final LazyVariations variations;
  private final @Nullable Variation variation;

  /**
   * Creates a snapshot. A request-only code does not leave the request, so the snapshot contains
   * another code in its place.
   *
   * @param resolved the visitor of the request, or null if the visitor is not resolved
   * @param variations the serializable map of the request
   * @param variation the serializable variation of the setting {@code featureKey}, or null
   */
  static VisitorSnapshot of(
      @Nullable Reconciliation resolved,
      @Nullable String userId,
      LazyVariations variations,
      @Nullable Variation variation) {
    Outcome outcome = resolved == null ? Outcome.UNRESOLVED : resolved.outcome();
    String code =
        resolved == null || outcome.isRequestOnly()
            ? VisitorCode.random(new SecureRandom()).value()
            : resolved.code().value();
    return new VisitorSnapshot(code, userId, outcome, variations, variation);
  }

  private VisitorSnapshot(
      String code,
      @Nullable String userId,
      Outcome outcome,
      LazyVariations variations,
      @Nullable Variation variation) {
    this.code = code;
    this.userId = userId;
    this.outcome = outcome;
    this.variations = variations;
    this.variation = variation;
  }

  @Override
  public String getCode() {
    return code;
  }

  @Override
  public @Nullable String getUserId() {
    return userId;
  }

  @Override
  public boolean isKnown() {
    return userId != null;
  }

  @Override
  public Outcome getOutcome() {
    return outcome;
  }

  @Override
  public Map<String, Variation> getVariations() {
    return variations;
  }

  @Override
  public Map<String, Variation> getDecided() {
    return variations.decidedSoFar();
  }

  @Override
  public @Nullable Variation getVariation() {
    return variation;
  }

  @Override
  public String getEngineTrackingCode() {
    return "";
  }

  @Override
  public void trackConversion(int goalId, double revenue) {
    // The request is over.
  }

  @Override
  public void addCustomData(int index, @Nullable String @Nullable ... values) {
    // The request is over.
  }

  @Override
  public @Nullable Preview getPreview() {
    return null;
  }

  @Override
  public void setPageTitle(@Nullable String title) {
    // The request is over.
  }

  @Override
  public Explanation explain(@Nullable String featureKey) {
    return ExplainedFeature.withoutRules(variation(featureKey));
  }

  @Override
  public boolean isExplainable() {
    return false;
  }

  @Override
  public void refresh() {
    // The request is over.
  }

  @Override
  public void signOut() {
    // The request is over.
  }

  @Override
  public String toString() {
    return "Visitor[" + outcome + "]";
  }
}
