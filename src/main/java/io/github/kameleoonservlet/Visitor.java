package io.github.kameleoonservlet;

import io.github.kameleoonservlet.decision.Explanation;
import io.github.kameleoonservlet.decision.Reason;
import io.github.kameleoonservlet.decision.Variation;
import io.github.kameleoonservlet.identity.Outcome;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The visitor of one request: the request attribute {@code kameleoonVisitor}.
 *
 * <p>Reading anything but the outcome and {@code explainable} makes the response {@code
 * Cache-Control: private} and writes the visitor's cookie; an event writes the cookie as well. Read
 * the visitor before the response is committed: a new visitor who is read later is {@code
 * UNRESOLVED}.
 *
 * <p>Thread-safe. No method throws because of Kameleoon, the database or a cookie. After the
 * request the visitor returns what was decided and decides nothing more. {@code toString()} does
 * not show the code. A serialized visitor, as in a replicated session, is a snapshot: it returns
 * what was decided, and its other methods do nothing.
 *
 * <p>Applications do not implement this interface, because later versions may add methods.
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
   * The visitor code of the request. When the outcome {@linkplain Outcome#isRequestOnly() is
   * request-only} it ends with the request: hand it to nobody.
   */
  String getCode();

  /**
   * Returns the id of the signed-in user; null if no user is signed in, if the user cannot be
   * determined, or if the request is not measured.
   */
  @Nullable String getUserId();

  /**
   * Returns whether {@link #getUserId()} is not null. False does not prove that no user is signed
   * in.
   */
  boolean isKnown();

  /** Returns how the request got its code. Does not make the response {@code private}. */
  Outcome getOutcome();

  /**
   * Returns the variations by feature key, as a lazy map. The first {@code get} of a feature
   * decides it and tracks the exposure, once for each request and code, as does reading the
   * variation of an entry. No other method of the map decides or tracks.
   *
   * <p>{@code get} of an unknown feature returns the variation {@code off} with a reason, never
   * null. So {@code containsKey} is true for every text, and {@code isEmpty} is false. {@code
   * size}, {@code keySet} and {@code entrySet} contain the features of the data file, and none
   * before it has arrived. Unmodifiable.
   */
  Map<String, Variation> getVariations();

  /**
   * Returns the variation of a feature, never null. Decides the feature, and tracks the exposure,
   * as {@code getVariations().get(featureKey)} does.
   *
   * @param featureKey the feature's key at the platform. For an unknown key the variation is {@code
   *     off} with a reason; for null as well, with an empty feature key
   */
  default Variation variation(@Nullable String featureKey) {
    Variation variation = featureKey == null ? null : getVariations().get(featureKey);
    return variation == null
        ? Variation.off(featureKey == null ? "" : featureKey, Reason.NOT_FOUND)
        : variation;
  }

  /**
   * The variation of the feature named by the setting {@code featureKey}, decided when it is first
   * read; null without that setting.
   */
  @Nullable Variation getVariation();

  /**
   * The script (without a {@code <script>} element) that tells Kameleoon's web SDK which
   * experiments this visitor was exposed to in the last five seconds; empty when there is nothing
   * to tell. Print it at the end of the page.
   *
   * <p>The server tracks no exposures of a prefetched or prerendered page, which is perhaps never
   * shown. If the visitor has a code, the script then contains the experiments that the page has
   * read so far, and reports them when the page is shown.
   */
  String getEngineTrackingCode();

  /**
   * Sets the title of the page, for conditions on the title. The title counts for each feature that
   * is read later, and for the page view that the setting {@code trackPageViews} sends. Does not
   * make the response {@code private}.
   *
   * @param title the page's title; null takes the title from the setting {@code pageTitle}
   */
  void setPageTitle(@Nullable String title);

  /**
   * Returns why the visitor has a variation. Tracks no exposure and sends nothing. Decides again,
   * with the data that the request has now, and does not keep the decision: a feature that was read
   * before keeps its variation, which can differ from the explained one.
   *
   * <p>An explanation contains data of the request. This method does not check who the user is:
   * show the explanation only if {@link #isExplainable()} is true.
   *
   * @param featureKey the feature's key at the platform
   * @return never null. For an unknown key, for null and for a request-only visitor, an explanation
   *     without rules of the variation {@code off} with its reason; after the request without rules
   */
  Explanation explain(@Nullable String featureKey);

  /**
   * Returns whether the setting {@code explainFor} allows the user of the request to read
   * explanations; false after the request, and if the user's roles cannot be determined. Does not
   * make the response {@code private}.
   */
  boolean isExplainable();

  /**
   * Tracks a conversion. Without effect when the outcome is request-only.
   *
   * @param goalId the goal's id at the platform
   * @param revenue in the currency of the site, 0 for none; what is no finite float counts as 0
   */
  void trackConversion(int goalId, double revenue);

  /**
   * Adds custom data and sends the data to Kameleoon. The data also count for each feature that the
   * request reads later, in place of the setting {@code customData.<index>} and of earlier values
   * of this index. Without effect when the outcome is request-only.
   *
   * @param index the custom data's index at the platform
   * @param values the values; nulls are left out, and nothing is added or sent if no value remains
   */
  void addCustomData(int index, String... values);

  /**
   * Asks again who the user is, after a login that the filter could not see (a session attribute, a
   * call on an unwrapped request). Takes effect at once; when the response is already committed,
   * with the next request.
   */
  void refresh();

  /**
   * Says that the user signs out: the visitor is anonymous from here on. By the setting {@code
   * afterSignOut} the browser keeps its code (the same person goes on), or gets a new one (a shared
   * device). Has no effect on the browser if the response is already committed, and no effect at
   * all on a request that is not measured.
   *
   * <p>Call it where the application ends its session; {@code request.logout()} does it by itself.
   */
  void signOut();
}
