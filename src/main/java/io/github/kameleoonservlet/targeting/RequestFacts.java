package io.github.kameleoonservlet.targeting;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Returns what one request says about itself. A null, or an empty map, is a datum that the request
 * does not contain.
 *
 * <p>Implementations are lazy, because most decisions need none of it, and return the same value at
 * every call, except for what the application adds. No method throws. Not thread-safe: the caller
 * of {@code DecisionProvider} holds the lock of the request.
 */
public interface RequestFacts {

  /** Returns the facts of a request that contains no data. */
  static RequestFacts none() {
    return NoFacts.INSTANCE;
  }

  /**
   * Returns the URL of the page as the browser shows it, without a fragment: percent-encoded, with
   * its query, without a session id.
   */
  @Nullable String pageUrl();

  /** Returns the URL of the page of the same site from which the browser came. */
  @Nullable String previousPage();

  /**
   * Returns whether the request asks for a page that counts as one more page view: the settings
   * have page views tracked or fetched, and the browser navigates.
   */
  default boolean isPageView() {
    return false;
  }

  /** Returns the title that the application has given the page. */
  @Nullable String pageTitle();

  /** Returns the facts of the browser. */
  BrowserFacts browser();

  /** Returns the cookies that scripts of the page see, by name, not decoded. Unmodifiable. */
  Map<String, String> cookies();

  /** Returns the place of the visitor. */
  @Nullable Geolocation geolocation();

  /**
   * Returns the custom data that settings take from the request. The key is the custom data's index
   * or its name. Unmodifiable.
   */
  Map<String, List<String>> customData();

  /**
   * Returns the custom data that the application has added during the request, by index. It has
   * precedence over {@link #customData()}.
   */
  Map<Integer, List<String>> addedCustomData();

  /**
   * Returns what the decisions of this request have read elsewhere, so that it does not change
   * until the request ends: the same map at each call. The decision provider fills it.
   */
  Map<Object, Object> memory();
}
