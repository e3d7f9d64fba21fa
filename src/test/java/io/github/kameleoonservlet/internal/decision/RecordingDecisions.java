package io.github.kameleoonservlet.internal.decision;

import io.github.kameleoonservlet.decision.Explanation;
import io.github.kameleoonservlet.decision.Reason;
import io.github.kameleoonservlet.decision.Variation;
import io.github.kameleoonservlet.identity.VisitorCode;
import io.github.kameleoonservlet.internal.targeting.RequestFacts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A provider that decides `on` for the feature `banner`, and records its calls. */
public final class RecordingDecisions implements DecisionProvider {

  public final List<String> calls = new ArrayList<>();

  /** The pages that began, and the pages that were shown. */
  public final List<String> pages = new ArrayList<>();

  /** The facts of the last decision. */
  public RequestFacts lastFacts = RequestFacts.none();

  /** The explanation of every feature; null stands for no explanation. */
  public Explanation explanation;

  public Map<String, Object> variables = Map.of("title", "Hello");

  @Override
  public synchronized Variation decide(
      VisitorCode visitor, String featureKey, boolean exposure, RequestFacts facts) {
    lastFacts = facts;
    context(visitor, facts);
    calls.add("decide " + visitor.value() + " " + featureKey + (exposure ? " exposed" : ""));
    return featureKey.equals("banner")
        ? Variation.of(featureKey, "on", 11, 7, variables, Reason.ASSIGNED)
        : Variation.off(featureKey, Reason.NOT_FOUND);
  }

  @Override
  public synchronized Explanation explain(
      VisitorCode visitor, String featureKey, RequestFacts facts) {
    lastFacts = facts;
    context(visitor, facts);
    calls.add("explain " + visitor.value() + " " + featureKey);
    return explanation == null
        ? ExplainedFeature.withoutRules(Variation.off(featureKey, Reason.NOT_FOUND))
        : explanation;
  }

  /** Has `on` and `off` of each feature; the experiment 7 has `on` as the variation 11. */
  @Override
  public Optional<Variation> variation(String featureKey, String variationKey) {
    if (!features.contains(featureKey)) {
      return Optional.empty();
    }
    return switch (variationKey) {
      case "on" -> Optional.of(Variation.of(featureKey, "on", 11, 7, variables, Reason.PREVIEW));
      case "off" -> Optional.of(Variation.off(featureKey, Reason.PREVIEW));
      default -> Optional.empty();
    };
  }

  @Override
  public Optional<Variation> variation(String featureKey, int experimentId, int variationId) {
    if (experimentId == 0) {
      return variation(featureKey, "off");
    }
    return experimentId == 7 && variationId == 11 ? variation(featureKey, "on") : Optional.empty();
  }

  @Override
  public synchronized void pageBegins(VisitorCode visitor) {
    pages.add("begins " + visitor.value());
  }

  @Override
  public synchronized void trackPage(VisitorCode visitor, RequestFacts facts) {
    context(visitor, facts);
    pages.add("shown " + visitor.value() + " " + facts.pageUrl() + " " + facts.pageTitle());
  }

  /** The features of the data file. */
  public Set<String> features = Set.of("banner");

  @Override
  public Set<String> featureKeys() {
    return features;
  }

  @Override
  public synchronized void consentRefused(VisitorCode visitor) {
    calls.add("consent " + visitor.value() + " false");
  }

  /** Records consent and User-Agent of a request's visitor, once. */
  private void context(VisitorCode visitor, RequestFacts facts) {
    if (visitor.equals(facts.memory().put(this, visitor))) {
      return;
    }
    if (facts.consentGiven()) {
      calls.add("consent " + visitor.value() + " true");
    }
    String userAgent = facts.userAgent();
    if (userAgent != null) {
      calls.add("agent " + visitor.value() + " " + userAgent);
    }
  }

  @Override
  public synchronized void trackConversion(
      VisitorCode visitor, int goalId, double revenue, RequestFacts facts) {
    context(visitor, facts);
    calls.add("conversion " + visitor.value() + " " + goalId + " " + revenue);
  }

  @Override
  public synchronized void addCustomData(
      VisitorCode visitor, int index, List<String> values, RequestFacts facts) {
    context(visitor, facts);
    calls.add("data " + visitor.value() + " " + index + " " + values);
  }

  @Override
  public String engineTrackingCode(VisitorCode visitor) {
    return "/* " + visitor.value() + " */";
  }

  /** The state that this provider returns. */
  public PlatformStatus status =
      new PlatformStatus(
          PlatformStatus.State.READY,
          null,
          new PlatformStatus.DataFile(PlatformStatus.Origin.FILE, null, null, 1),
          null,
          new PlatformStatus.Events(0L, 0L, 0L),
          List.of(),
          List.of());

  @Override
  public PlatformStatus status() {
    return status;
  }

  @Override
  public List<FeatureDescription> features() {
    return features.stream().sorted().map(FeatureDescription::ofKey).toList();
  }

  @Override
  public void close() {
    calls.add("close");
  }
}
