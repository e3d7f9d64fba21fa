package io.github.kameleoonservlet.internal.config;

import io.github.kameleoonservlet.internal.source.FactSettings;
import io.github.kameleoonservlet.internal.source.GeolocationHeaders;
import io.github.kameleoonservlet.internal.source.RequestValue;
import jakarta.servlet.ServletException;
import java.util.List;

/** The settings of targeting, in the order of the documentation. */
final class TargetingSection {

  static final Setting<String> COUNTRY_HEADER =
      Setting.of(
          "countryHeader",
          null,
          RequestSource::headerName,
          "The header in which your proxy or CDN sends the country: its code or its "
              + "English name.");
  static final Setting<String> REGION_HEADER =
      Setting.of(
          "regionHeader",
          null,
          RequestSource::headerName,
          "The header with the name of the region. Needs `countryHeader`.");
  static final Setting<String> CITY_HEADER =
      Setting.of(
          "cityHeader",
          null,
          RequestSource::headerName,
          "The header with the name of the city. Needs `countryHeader`.");
  static final Setting<RequestValue> CUSTOM_DATA =
      Setting.of(
          "customData.<index>",
          null,
          RequestSource::anywhere,
          "Custom data for conditions: `session:<attribute>[.<property>…]`, "
              + "`request:<attribute>[.<property>…]`, `header:<name>`, `cookie:<name>`, or a "
              + "literal. `customData.<name>` takes the name from the data file. "
              + "`Visitor.addCustomData` overrides the setting. The library does not send this "
              + "value to Kameleoon.");
  static final Setting<RequestValue> PAGE_TITLE =
      Setting.of(
          "pageTitle",
          null,
          RequestSource::attribute,
          "The page's title for conditions and page views: "
              + "`request:<attribute>[.<property>…]` or `session:<attribute>[.<property>…]`. "
              + "`Visitor.setPageTitle` overrides the setting.");
  static final Setting<String> EXPLAIN_FOR =
      Setting.textOr(
          "explainFor",
          "nobody",
          "The users that may read why a visitor has a variation: `nobody`, "
              + "`everybody`, a role of your application, or a class that implements `AccessDecider`. "
              + "`role:` in front marks a role whose name looks like a class: `role:shop.tester`.");

  static final Section SECTION =
      new Section(
          "Targeting",
          List.of(
              COUNTRY_HEADER, REGION_HEADER, CITY_HEADER, CUSTOM_DATA, PAGE_TITLE, EXPLAIN_FOR));

  private TargetingSection() {}

  /**
   * Reads the settings of this section, and those of the platform that concern the data of
   * decisions.
   */
  static FactSettings read(Parameters parameters) throws ServletException {
    String country = COUNTRY_HEADER.find(parameters);
    String region = REGION_HEADER.find(parameters);
    String city = CITY_HEADER.find(parameters);
    return new FactSettings(
        country == null ? null : new GeolocationHeaders(country, region, city),
        PAGE_TITLE.find(parameters),
        CustomDataSettings.read(parameters),
        AccessRules.orEverybody(parameters, EXPLAIN_FOR.name(), EXPLAIN_FOR.get(parameters)),
        PlatformSection.REMOTE_VISITOR_DATA.get(parameters),
        PlatformSection.TRACK_PAGE_VIEWS.get(parameters),
        PlatformSection.TRACK_STATIC_DATA.get(parameters));
  }
}
