package io.github.kameleoonservlet.internal.targeting;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The data of one request. A null, or an empty map, is a datum that the request does not contain.
 *
 * <p>Implementations are lazy, because most decisions need no data, and return the same value at
 * every call, except for data that the application adds or changes. No method throws. Not
 * thread-safe: the caller of {@code DecisionProvider} holds the lock of the request.
 */
public interface RequestFacts {

  /** Returns the facts of a request that contains no data. */
  static RequestFacts none() {
    return NoFacts.INSTANCE;
  }

  /** Returns the header {@code User-Agent}, unbounded. */
  @Nullable String userAgent();

  /**
   * Returns whether the visitor has given the consent that the settings require; false if they
   * require none.
   */
  boolean consentGiven();

  /**
   * Returns the URL of the page as the browser shows it, without a fragment: percent-encoded, with
   * its query, without a session id.
   */
  @Nullable String pageUrl();

  /** Returns the URL of the page of the same site from which the browser came. */
  @Nullable String previousPage();

  /**
   * Returns whether the request counts as one more page view: the settings track or fetch page
   * views, and the browser navigates.
   */
  default boolean isPageView() {
    return false;
  }

  /** Returns the title that the application gave the page. */
  @Nullable String pageTitle();

  /** Returns the facts of the browser. */
  BrowserFacts browser();

  /** Returns the cookies that scripts of the page see, by name, not decoded. Unmodifiable. */
  Map<String, String> cookies();

  /** Returns the place of the visitor. */
  @Nullable Geolocation geolocation();

  /**
   * Returns the custom data that settings take from the request. The key is the custom data's index
   * or its name. Reads the request at each call. Unmodifiable.
   */
  Map<String, List<String>> customData();

  /**
   * Returns the custom data that the application has added during the request, by index. These
   * custom data have precedence over {@link #customData()}.
   */
  Map<Integer, List<String>> addedCustomData();

  /**
   * Returns the memory of the request: data that its decisions read elsewhere, and that must not
   * change until the request ends. Returns the same map at each call; the decision provider fills
   * the map.
   */
  Map<Object, Object> memory();
}
