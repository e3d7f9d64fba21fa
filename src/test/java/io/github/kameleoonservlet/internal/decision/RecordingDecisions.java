package io.github.kameleoonservlet.internal.decision;

import io.github.kameleoonservlet.decision.Explanation;
import io.github.kameleoonservlet.decision.Reason;
import io.github.kameleoonservlet.decision.Variation;
import io.github.kameleoonservlet.identity.VisitorCode;
import io.github.kameleoonservlet.internal.targeting.RequestFacts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Decides `on` for the feature `banner`, and writes down what it was asked. */
public final class RecordingDecisions implements DecisionProvider {

  public final List<String> calls = new ArrayList<>();

  /** The pages that began and were shown. */
  public final List<String> pages = new ArrayList<>();

  /** The facts of the last decision. */
  public RequestFacts lastFacts = RequestFacts.none();

  /** What every feature is explained by; null explains nothing. */
  public Explanation explanation;

  public Map<String, Object> variables = Map.of("title", "Hello");

  @Override
  public synchronized Variation decide(
      VisitorCode visitor, String featureKey, boolean exposure, RequestFacts facts) {
    lastFacts = facts;
    calls.add("decide " + visitor.value() + " " + featureKey + (exposure ? " exposed" : ""));
    return featureKey.equals("banner")
        ? Variation.of(featureKey, "on", 11, 7, variables, Reason.ASSIGNED)
        : Variation.off(featureKey, Reason.NOT_FOUND);
  }

  @Override
  public synchronized Explanation explain(
      VisitorCode visitor, String featureKey, RequestFacts facts) {
    lastFacts = facts;
    calls.add("explain " + visitor.value() + " " + featureKey);
    return explanation == null
        ? Explanation.of(Variation.off(featureKey, Reason.NOT_FOUND))
        : explanation;
  }

  @Override
  public synchronized void pageBegins(VisitorCode visitor) {
    pages.add("begins " + visitor.value());
  }

  @Override
  public synchronized void trackPage(VisitorCode visitor, RequestFacts facts) {
    pages.add("shown " + visitor.value() + " " + facts.pageUrl() + " " + facts.pageTitle());
  }

  /** The features of the data file. */
  public Set<String> features = Set.of("banner");

  @Override
  public Set<String> featureKeys() {
    return features;
  }

  @Override
  public synchronized void setUserAgent(VisitorCode visitor, String userAgent) {
    calls.add("agent " + visitor.value() + " " + userAgent);
  }

  @Override
  public synchronized void setConsent(VisitorCode visitor, boolean granted) {
    calls.add("consent " + visitor.value() + " " + granted);
  }

  @Override
  public synchronized void trackConversion(VisitorCode visitor, int goalId, double revenue) {
    calls.add("conversion " + visitor.value() + " " + goalId + " " + revenue);
  }

  @Override
  public synchronized void addCustomData(VisitorCode visitor, int index, List<String> values) {
    calls.add("data " + visitor.value() + " " + index + " " + values);
  }

  @Override
  public String engineTrackingCode(VisitorCode visitor) {
    return "/* " + visitor.value() + " */";
  }

  @Override
  public void close() {
    calls.add("close");
  }
}
