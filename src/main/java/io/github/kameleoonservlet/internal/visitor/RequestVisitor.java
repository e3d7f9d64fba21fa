package io.github.kameleoonservlet.internal.visitor;

import io.github.kameleoonservlet.Visitor;
import io.github.kameleoonservlet.decision.Explanation;
import io.github.kameleoonservlet.decision.Reason;
import io.github.kameleoonservlet.decision.Variation;
import io.github.kameleoonservlet.identity.Outcome;
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
    return scope.snapshot(variations, variation);
  }

  @Override
  public String getCode() {
    return scope.read((now, decisions) -> now.code().value());
  }

  @Override
  public @Nullable String getUserId() {
    return scope.userId();
  }

  @Override
  public boolean isKnown() {
    return getUserId() != null;
  }

  @Override
  public Outcome getOutcome() {
    return scope.outcome();
  }

  @Override
  public Map<String, Variation> getVariations() {
    return variations;
  }

  @Override
  public @Nullable Variation getVariation() {
    return variation;
  }

  @Override
  public String getEngineTrackingCode() {
    return scope.read((now, decisions) -> decisions.trackingCode(now));
  }

  @Override
  public void trackConversion(int goalId, double revenue) {
    scope.send((now, decisions) -> decisions.trackConversion(now, goalId, revenue));
  }

  @Override
  public void addCustomData(int index, String... values) {
    List<String> given =
        values == null ? List.of() : Arrays.stream(values).filter(Objects::nonNull).toList();
    if (!given.isEmpty()) {
      scope.send((now, decisions) -> decisions.addCustomData(now, index, given));
    }
  }

  @Override
  public void setPageTitle(@Nullable String title) {
    scope.setPageTitle(title);
  }

  @Override
  public Explanation explain(@Nullable String featureKey) {
    return scope.read(
        (now, decisions) ->
            featureKey == null
                ? Explanation.of(Variation.off("", Reason.NOT_FOUND))
                : decisions.explain(now, featureKey));
  }

  @Override
  public boolean isExplainable() {
    return scope.isExplainable();
  }

  @Override
  public void refresh() {
    scope.refresh();
  }

  @Override
  public void signOut() {
    scope.signOut();
  }

  @Override
  public String toString() {
    return "Visitor[" + scope + "]";
  }
}
