package io.github.kameleoonservlet.internal.visitor;

import io.github.kameleoonservlet.Visitor;
import io.github.kameleoonservlet.decision.Explanation;
import io.github.kameleoonservlet.decision.Preview;
import io.github.kameleoonservlet.decision.Reason;
import io.github.kameleoonservlet.decision.Variation;
import io.github.kameleoonservlet.identity.Outcome;
import io.github.kameleoonservlet.internal.decision.ExplainedFeature;
import io.github.kameleoonservlet.internal.reconcile.Reconciliation;
import jakarta.servlet.http.HttpServletRequest;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The visitor of one request, as pages read it: decides variations when they are read, and takes
 * events. Serialized, it is a {@link VisitorSnapshot}. Thread-safe.
 */
public final class RequestVisitor implements Visitor, Serializable {

  private static final long serialVersionUID = 1L;

  private final transient RequestScope scope;
  private final LazyVariations variations;
  private final @Nullable Variation variation;

  /**
   * Creates the visitor of a scope.
   *
   * @param featureKey the feature of the attribute {@code kameleoonVariation}, or null
   */
  public RequestVisitor(RequestScope scope, @Nullable String featureKey) {
    this.scope = scope;
    this.variations = new LazyVariations(scope);
    this.variation = featureKey == null ? null : new LazyVariation(featureKey, scope);
  }

  /** Sets the request attributes for pages, except the visitor code, which is not resolved yet. */
  public void publish(HttpServletRequest request) {
    request.setAttribute(ATTRIBUTE, this);
    request.setAttribute(VARIATIONS_ATTRIBUTE, variations);
    if (variation != null) {
      request.setAttribute(VARIATION_ATTRIBUTE, variation);
    }
  }

  /** Returns the scope of the request. */
  public RequestScope scope() {
    return scope;
  }

  private Object writeReplace() {
    return scope.read(
        (visitor, decisions) -> {
          Reconciliation now = visitor.resolvedSoFar();
          String userId = now == null ? null : visitor.userId();
          return VisitorSnapshot.of(now, userId, variations, variation);
        });
  }

  @Override
  public String getCode() {
    return scope.read((visitor, decisions) -> visitor.resolved().code().value());
  }

  @Override
  public @Nullable String getUserId() {
    return scope.read((visitor, decisions) -> visitor.userId());
  }

  @Override
  public boolean isKnown() {
    return getUserId() != null;
  }

  @Override
  public Outcome getOutcome() {
    return scope.inspect((visitor, decisions) -> visitor.resolved().outcome());
  }

  @Override
  public Map<String, Variation> getVariations() {
    return variations;
  }

  @Override
  public Map<String, Variation> getDecided() {
    return scope.read((visitor, decisions) -> decisions.soFar(visitor.resolvedSoFar()));
  }

  @Override
  public @Nullable Variation getVariation() {
    return variation;
  }

  @Override
  public String getEngineTrackingCode() {
    return scope.read((visitor, decisions) -> decisions.trackingCode(visitor.resolved()));
  }

  @Override
  public void trackConversion(int goalId, double revenue) {
    scope.send((now, decisions) -> decisions.trackConversion(now, goalId, revenue));
  }

  @Override
  public void addCustomData(int index, @Nullable String @Nullable ... values) {
    List<String> given =
        values == null ? List.of() : Arrays.stream(values).filter(Objects::nonNull).toList();
    if (!given.isEmpty()) {
      scope.send((now, decisions) -> decisions.addCustomData(now, index, given));
    }
  }

  @Override
  public @Nullable Preview getPreview() {
    return scope.preview();
  }

  @Override
  public void setPageTitle(@Nullable String title) {
    scope.setPageTitle(title);
  }

  @Override
  public Explanation explain(@Nullable String featureKey) {
    return scope.read(
        (visitor, decisions) -> {
          Reconciliation now = visitor.resolved();
          return featureKey == null
              ? ExplainedFeature.withoutRules(Variation.off("", Reason.NOT_FOUND))
              : decisions.explain(now, featureKey);
        });
  }

  @Override
  public boolean isExplainable() {
    return scope.inspect((visitor, decisions) -> visitor.isExplainable());
  }

  @Override
  public void refresh() {
    scope.change(UserChange::refresh);
  }

  @Override
  public void signOut() {
    scope.change(UserChange::signOut);
  }

  @Override
  public String toString() {
    return scope.inspect((visitor, decisions) -> "Visitor[" + visitor + "]");
  }
}
