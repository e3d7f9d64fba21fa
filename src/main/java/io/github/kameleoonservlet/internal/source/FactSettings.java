package io.github.kameleoonservlet.internal.source;

import io.github.kameleoonservlet.internal.targeting.TargetingSettings;
import org.jspecify.annotations.Nullable;

/**
 * The settings for the data that decisions take from a request. Immutable.
 *
 * @param geolocation the headers with the visitor's place, or null
 * @param pageTitle the attribute that contains the page's title, or null
 * @param customData the custom data of a request
 * @param explanations the users who may read why a visitor has a variation
 * @param remoteVisitorData whether the library fetches the platform's data of visitors
 * @param trackPageViews whether page views are sent
 * @param trackStaticData whether browser, operating system and device are sent
 */
public record FactSettings(
    @Nullable GeolocationHeaders geolocation,
    @Nullable RequestValue pageTitle,
    CustomDataValues customData,
    AccessRule explanations,
    boolean remoteVisitorData,
    boolean trackPageViews,
    boolean trackStaticData) {

  /** The values for an application that has none of these settings. */
  public static final FactSettings NONE =
      new FactSettings(null, null, CustomDataValues.NONE, AccessRule.nobody(), false, false, false);

  /** Returns whether a setting tracks pages. */
  public boolean tracksPages() {
    return trackPageViews || trackStaticData;
  }

  /** Returns the part of these settings that the decision provider needs. */
  public TargetingSettings forProvider() {
    return new TargetingSettings(
        geolocation != null,
        pageTitle != null,
        customData.data(),
        remoteVisitorData,
        trackPageViews,
        trackStaticData);
  }
}
