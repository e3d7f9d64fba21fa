package io.github.kameleoonservlet.internal.targeting;

import java.util.Set;

/**
 * The application's settings for the data of decisions and for tracking. Immutable.
 *
 * @param geolocation whether a setting names a header with the country
 * @param pageTitle whether a setting names the attribute with the page's title
 * @param customData the index or name of each custom datum that has a setting
 * @param remoteVisitorData whether the library fetches the platform's data of visitors
 * @param trackPageViews whether page views are sent
 * @param trackStaticData whether browser, operating system and device are sent
 */
public record TargetingSettings(
    boolean geolocation,
    boolean pageTitle,
    Set<String> customData,
    boolean remoteVisitorData,
    boolean trackPageViews,
    boolean trackStaticData) {

  /** The values for an application that has none of these settings. */
  public static final TargetingSettings NONE =
      new TargetingSettings(false, false, Set.of(), false, false, false);
}
