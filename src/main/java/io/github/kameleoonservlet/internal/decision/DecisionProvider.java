package io.github.kameleoonservlet.internal.decision;

import io.github.kameleoonservlet.decision.Explanation;
import io.github.kameleoonservlet.decision.Variation;
import io.github.kameleoonservlet.identity.VisitorCode;
import io.github.kameleoonservlet.internal.targeting.RequestFacts;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The port to the service that decides variations and takes events.
 *
 * <p>Implementations are thread-safe, never wait for the network and never throw. If the platform
 * cannot decide, the variation has a reason; if an event cannot be sent, the implementation keeps
 * or logs it.
 *
 * <p>Each call passes the facts of its request, from which the implementation takes what it needs;
 * no call requires an earlier one. Without the visitor's consent, where the settings require it,
 * the caller calls nothing but {@link #consentRefused}: the Java SDK 4.5.0 sends conversions and
 * targeted deliveries also without consent.
 */
public interface DecisionProvider extends AutoCloseable {

  /**
   * Decides one feature for a visitor.
   *
   * @param exposure whether the visitor will see the variation: true tracks the exposure with the
   *     decision, false sends nothing
   * @param facts the data of the request; the implementation keeps the request's User-Agent and
   *     consent
   */
  Variation decide(VisitorCode visitor, String featureKey, boolean exposure, RequestFacts facts);

  /**
   * Returns why {@link #decide} decides as it does for these arguments. Tracks and sends nothing.
   */
  Explanation explain(VisitorCode visitor, String featureKey, RequestFacts facts);

  /**
   * Returns a variation of a feature with the reason PREVIEW, also of a feature that is disabled or
   * has no rule. Decides and sends nothing.
   *
   * @return empty if the data file does not have the variation, or has not arrived. Every feature
   *     has {@code off}
   */
  Optional<Variation> variation(String featureKey, String variationKey);

  /**
   * Returns a variation as {@link #variation(String, String)} does, by the ids of the platform.
   *
   * @param experimentId the id of the experiment; 0 for the feature's default variation
   * @param variationId the id of the variation; without effect for the default variation
   */
  Optional<Variation> variation(String featureKey, int experimentId, int variationId);

  /**
   * Notifies the provider that a visitor requests a page. Fetches in the background what the
   * platform remembers of the visitor, if the settings and the data file require it.
   */
  void pageBegins(VisitorCode visitor);

  /**
   * Tracks the page and the browser of a visitor as far as the settings require it; by default
   * sends nothing.
   */
  void trackPage(VisitorCode visitor, RequestFacts facts);

  /** Returns the keys of all features; none before the data file has arrived. Sends nothing. */
  Set<String> featureKeys();

  /**
   * Notifies the provider that a visitor refuses consent, or withdraws it. The refusal holds until
   * a later request has the consent; further calls of a request that began before do not end the
   * refusal.
   */
  void consentRefused(VisitorCode visitor);

  /**
   * Tracks a conversion.
   *
   * @param goalId the goal's id at the platform
   * @param revenue in the currency of the site, 0 for none; a number that is no finite {@code
   *     float} counts as 0
   * @param facts the data of the request
   */
  void trackConversion(VisitorCode visitor, int goalId, double revenue, RequestFacts facts);

  /**
   * Adds custom data to a visitor.
   *
   * @param index the custom data's index at the platform
   * @param values the values of the custom data
   * @param facts the data of the request
   */
  void addCustomData(VisitorCode visitor, int index, List<String> values, RequestFacts facts);

  /**
   * Returns the script that reports the visitor's experiments of the last five seconds to the web
   * SDK; an empty text if there are none.
   */
  String engineTrackingCode(VisitorCode visitor);

  /**
   * Returns the state of the provider and of the platform at this moment, for the people who
   * operate the application. Counts the pending events of all visitors, at most once per second:
   * not meant for each request of visitors.
   */
  PlatformStatus status();

  /**
   * Returns the features of the data file, sorted by key, at most {@link
   * FeatureDescription#MAX_FEATURES}; none before the data file has arrived. Decides and sends
   * nothing.
   */
  List<FeatureDescription> features();

  /** Delivers the pending events within a bounded time, and releases the provider's resources. */
  @Override
  void close();
}
