package io.github.kameleoonservlet.internal.decision;

import io.github.kameleoonservlet.decision.Explanation;
import io.github.kameleoonservlet.decision.Variation;
import io.github.kameleoonservlet.identity.VisitorCode;
import io.github.kameleoonservlet.internal.targeting.RequestFacts;
import java.util.List;
import java.util.Set;

/**
 * Decides variations and takes events.
 *
 * <p>Implementations are thread-safe, never wait for the network and never throw, whatever the
 * feature key or the state of the platform: what cannot be decided is a variation with a reason,
 * and what cannot be sent is kept or logged.
 */
public interface DecisionProvider extends AutoCloseable {

  /**
   * Decides one feature for a visitor.
   *
   * @param exposure whether the visitor will see it: true tracks the exposure with the decision,
   *     false sends nothing
   * @param facts the data of the request; used for this decision only, neither kept nor sent
   */
  Variation decide(VisitorCode visitor, String featureKey, boolean exposure, RequestFacts facts);

  /**
   * Returns why {@link #decide} decides as it does for these arguments. Tracks and sends nothing.
   */
  Explanation explain(VisitorCode visitor, String featureKey, RequestFacts facts);

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

  /** The keys of all features, empty while the data file has not arrived. Sends nothing. */
  Set<String> featureKeys();

  /** Tells the User-Agent header of the visitor's browser, before the first decision. */
  void setUserAgent(VisitorCode visitor, String userAgent);

  /**
   * Tells a visitor's consent, for a platform that holds events back until then. Without it the
   * Java SDK 4.5.0 holds exposures and custom data back, but sends conversions and targeted
   * deliveries; so nothing at all may be asked of this port without consent.
   */
  void setConsent(VisitorCode visitor, boolean granted);

  /**
   * Tracks a conversion.
   *
   * @param goalId the goal's id at the platform
   * @param revenue in the currency of the site, 0 for none; what is no finite float counts as 0
   */
  void trackConversion(VisitorCode visitor, int goalId, double revenue);

  /**
   * Adds custom data to a visitor.
   *
   * @param index the custom data's index at the platform
   * @param values its values
   */
  void addCustomData(VisitorCode visitor, int index, List<String> values);

  /**
   * The script that tells the web SDK which experiments the visitor was exposed to in the last five
   * seconds; empty when there is nothing to tell.
   */
  String engineTrackingCode(VisitorCode visitor);

  /** Delivers what is pending, within a bounded time, and releases what the provider holds. */
  @Override
  void close();
}
