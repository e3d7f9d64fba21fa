package io.github.kameleoonservlet.jsp;

import io.github.kameleoonservlet.Visitor;
import io.github.kameleoonservlet.decision.Explanation;
import io.github.kameleoonservlet.decision.Preview;
import io.github.kameleoonservlet.decision.Reason;
import io.github.kameleoonservlet.decision.Variation;
import io.github.kameleoonservlet.identity.Outcome;
import io.github.kameleoonservlet.internal.decision.ExplainedFeature;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A visitor who has `treatment` of the feature `offer`, with variables that a test sets. */
final class TestVisitor implements Visitor {

  String code = "code-1";
  Outcome outcome = Outcome.RECOGNIZED;
  String engineTrackingCode = "";
  final Map<String, Object> variables = new LinkedHashMap<>();

  TestVisitor with(String variable, Object value) {
    variables.put(variable, value);
    return this;
  }

  @Override
  public Map<String, Variation> getVariations() {
    return Map.of(
        "offer",
        Variation.of("offer", "treatment", 11, 7, variables, Reason.ASSIGNED),
        "switched-off",
        Variation.off("switched-off", Reason.DISABLED));
  }

  @Override
  public String getCode() {
    return code;
  }

  @Override
  public Outcome getOutcome() {
    return outcome;
  }

  @Override
  public String getEngineTrackingCode() {
    return engineTrackingCode;
  }

  Preview preview;

  @Override
  public Preview getPreview() {
    return preview;
  }

  @Override
  public String getUserId() {
    return null;
  }

  @Override
  public boolean isKnown() {
    return false;
  }

  @Override
  public Map<String, Variation> getDecided() {
    throw new AssertionError("no tag reads the decisions of other readers");
  }

  @Override
  public Variation getVariation() {
    return null;
  }

  @Override
  public void trackConversion(int goalId, double revenue) {
    throw new AssertionError("no tag tracks conversions");
  }

  @Override
  public void addCustomData(int index, String... values) {
    throw new AssertionError("no tag adds custom data");
  }

  @Override
  public void setPageTitle(String title) {
    throw new AssertionError("no tag sets a title");
  }

  boolean explainable;

  @Override
  public Explanation explain(String featureKey) {
    return new ExplainedFeature(variation(featureKey), List.of(), List.of("a <finding>"));
  }

  @Override
  public boolean isExplainable() {
    return explainable;
  }

  @Override
  public void refresh() {
    throw new AssertionError("no tag signs in");
  }

  @Override
  public void signOut() {
    throw new AssertionError("no tag signs out");
  }
}
