package io.github.kameleoonservlet;

import io.github.kameleoonservlet.decision.Explanation;
import io.github.kameleoonservlet.decision.Preview;
import io.github.kameleoonservlet.decision.Reason;
import io.github.kameleoonservlet.decision.Variation;
import io.github.kameleoonservlet.identity.Outcome;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The visitor of one request: the request attribute {@code kameleoonVisitor}.
 *
 * <p>A read of a value of the visitor makes the response {@code Cache-Control: private} and writes
 * the visitor's cookie; {@link #getOutcome()} does neither, and {@link #isExplainable()} writes no
 * cookie. {@link #getVariations()} and {@link #getVariation()} read nothing: they return lazy
 * values, and a read of a variation counts as a read of the visitor. An event writes the cookie
 * only. Read the visitor before the response is committed: a new visitor who is read later is
 * {@code UNRESOLVED}.
 *
 * <p>Thread-safe. No method throws because of Kameleoon, the database or a cookie. After the end of
 * the request the visitor returns the decisions of the request and makes no more. {@code
 * toString()} does not contain the code. A serialized visitor, as in a replicated session, is a
 * snapshot: it returns the decisions of the request, and its other methods have no effect.
 *
 * <p>Applications call this interface and do not implement it: a later version can add methods.
 *
 * @since 0.1
 */
public interface Visitor {

  /** The name of the request attribute that holds the visitor. */
  String ATTRIBUTE = "kameleoonVisitor";

  /** The name of the request attribute that holds {@link #getCode()}. */
  String CODE_ATTRIBUTE = "kameleoonVisitorCode";

  /** The name of the request attribute that holds {@link #getVariations()}. */
  String VARIATIONS_ATTRIBUTE = "kameleoonVariations";

  /** The name of the request attribute that holds {@link #getVariation()}. */
  String VARIATION_ATTRIBUTE = "kameleoonVariation";

  /**
   * Returns the visitor code of the request. If the outcome {@linkplain Outcome#isRequestOnly() is
   * request-only}, the code ends with the request: do not store or send it.
   *
   * @return the code, never null
   */
  String getCode();

  /**
   * Returns the id of the signed-in user; null if no user is signed in, if the user cannot be
   * determined, or if the request is not measured.
   *
   * @return the id, or null
   */
  @Nullable String getUserId();

  /**
   * Returns whether a signed-in user was determined. This is short for {@code getUserId() != null}.
   *
   * @return whether {@link #getUserId()} returns an id; false does not prove that no user is signed
   *     in
   */
  boolean isKnown();

  /**
   * Returns how the request got its code. Does not make the response {@code private}.
   *
   * @return the outcome, never null
   */
  Outcome getOutcome();

  /**
   * Returns the variations by feature key, as a lazy map. This call reads nothing. The first {@code
   * get} of a feature decides the feature and tracks the exposure, once for each request and code.
   * A read of the variation of an entry has the same effect. No other method of the map decides or
   * tracks.
   *
   * <p>{@code get} of an unknown feature returns the variation {@code off} with a reason, never
   * null. Therefore {@code containsKey} is true for every text, and {@code isEmpty} is false.
   * {@code size}, {@code keySet} and {@code entrySet} contain the features of the data file, and
   * none before the data file has arrived.
   *
   * @return an unmodifiable map, never null
   */
  Map<String, Variation> getVariations();

  /**
   * Returns the variation of a feature. Decides the feature and tracks the exposure, as {@code
   * getVariations().get(featureKey)} does.
   *
   * @param featureKey the feature's key at the platform, or null
   * @return the variation, never null; for an unknown key {@code off} with a reason, for null
   *     {@code off} with an empty feature key
   */
  default Variation variation(@Nullable String featureKey) {
    Variation variation = featureKey == null ? null : getVariations().get(featureKey);
    return variation == null
        ? Variation.off(featureKey == null ? "" : featureKey, Reason.NOT_FOUND)
        : variation;
  }

  /**
   * Returns the variations that this request has decided so far for its visitor, by feature key, in
   * the order of the first reads. Decides nothing and tracks nothing, for example for a data layer
   * or a log at the end of the page.
   *
   * @return an unmodifiable copy, never null; empty if no page has read a feature yet
   */
  Map<String, Variation> getDecided();

  /**
   * Returns the variation of the feature that the setting {@code featureKey} names, as a lazy
   * value. This call reads nothing. The first read of a value other than {@link
   * Variation#getFeatureKey()} decides the feature and tracks the exposure. After a login, a logout
   * or {@link #refresh()}, the same object returns the variation of the new visitor.
   *
   * @return the variation; null without that setting
   */
  @Nullable Variation getVariation();

  /**
   * Returns the script that reports to Kameleoon's web SDK the experiments to which this visitor
   * was exposed in the last five seconds. Print the script at the end of the page, in a {@code
   * <script>} element.
   *
   * <p>The server tracks no exposures of a prefetched or prerendered page, because the browser may
   * never show that page. If the visitor has a code, the script then contains the experiments that
   * the page has read so far, and reports them when the browser shows the page.
   *
   * @return the text of the script, never null; empty if there is nothing to report
   */
  String getEngineTrackingCode();

  /**
   * Returns the preview that the browser sees. While a preview lasts, the library tracks no
   * exposure of any feature, no conversion, no custom data and no page, and links no user. No cache
   * stores the response. Writes no visitor cookie.
   *
   * @return the preview, or null
   */
  @Nullable Preview getPreview();

  /**
   * Sets the title of the page, for conditions on the title. The title counts for each feature that
   * is read later, and for the page view that the setting {@code trackPageViews} sends. Does not
   * make the response {@code private}.
   *
   * @param title the page's title; null to use the title of the setting {@code pageTitle}
   */
  void setPageTitle(@Nullable String title);

  /**
   * Returns why the visitor has a variation. Tracks no exposure and sends nothing. Decides again
   * with the data that the request has now, and does not keep the decision: a feature that was read
   * before keeps its variation, which can differ from the explained one.
   *
   * <p>An explanation contains data of the request. This method does not check the user's rights:
   * show the explanation only if {@link #isExplainable()} is true.
   *
   * @param featureKey the feature's key at the platform, or null
   * @return the explanation, never null. For an unknown key, for null and for a request-only
   *     visitor, it has no rules, and the variation {@code off} with a reason. After the end of the
   *     request it has no rules
   */
  Explanation explain(@Nullable String featureKey);

  /**
   * Returns whether the setting {@code explainFor} allows the user of the request to read
   * explanations, and whether no shared cache can store them. If the result is true, this call has
   * made the response {@code private}. Writes no cookie.
   *
   * @return whether the user may read explanations; false after the request, if the user's roles
   *     cannot be determined, and if the response was committed before it was {@code private}
   */
  boolean isExplainable();

  /**
   * Tracks a conversion. Has no effect if the outcome is request-only.
   *
   * @param goalId the goal's id at the platform. The library and the SDK accept every number and do
   *     not check whether the platform has such a goal
   * @param revenue the revenue in the currency of the site; 0 for none. A negative revenue is sent
   *     unchanged. A value that is no finite {@code float} counts as 0
   */
  void trackConversion(int goalId, double revenue);

  /**
   * Adds custom data and sends it to Kameleoon. The values also count for each feature that the
   * request reads later, in place of the setting {@code customData.<index>} and of earlier values
   * of this index. Has no effect if the outcome is request-only.
   *
   * @param index the index of the custom data at the platform. The library accepts every number and
   *     sends the values even if the data file has no custom data of this index
   * @param values the values. Nulls are ignored; a null array, or one without another value, has no
   *     effect
   */
  void addCustomData(int index, @Nullable String @Nullable ... values);

  /**
   * Determines the user again, after a login that the filter could not detect: in a session
   * attribute, or by a call on an unwrapped request. Takes effect at once, or with the next request
   * if the response is already committed.
   */
  void refresh();

  /**
   * Signs the user out: the visitor is anonymous from now on. The setting {@code afterSignOut}
   * decides whether the browser keeps its code ({@code keep}) or gets a new one ({@code renew}, for
   * shared devices). Has no effect on the browser if the response is already committed, and no
   * effect on a request that is not measured.
   *
   * <p>Call this method where the application ends its session. {@code request.logout()} calls it.
   */
  void signOut();
}
