package io.github.kameleoonservlet.internal.config;

import io.github.kameleoonservlet.internal.decision.PlatformSettings;
import io.github.kameleoonservlet.internal.decision.ProxyAddress;
import jakarta.servlet.ServletException;
import java.util.List;

/** The settings of the platform, in the order of the documentation. */
final class PlatformSection {

  static final Setting<String> SITE_CODE =
      Setting.of(
          "siteCode", null, PlatformSection::siteCode, "The code of your site at Kameleoon.");
  static final Setting<String> CLIENT_ID =
      Setting.text("clientId", "The id of your API credentials at Kameleoon.");
  static final Setting<String> CLIENT_SECRET =
      Setting.secret(
          "clientSecret",
          "The secret of your API credentials. No log line and no error message shows "
              + "the secret.");
  static final Setting<String> ENVIRONMENT =
      Setting.text(
          "environment",
          "The environment of the features. Without this setting the SDK uses production.");
  static final Setting<Integer> PLATFORM_TIMEOUT_MILLIS =
      Setting.number(
          "platformTimeoutMillis",
          null,
          100,
          60_000,
          "The SDK's time-out for one call, 100 to 60000. Without this setting the "
              + "SDK uses 10000. No request waits for this call.");
  static final Setting<String> PROXY_HOST =
      Setting.of(
          "proxyHost",
          null,
          PlatformSection::proxyHost,
          "The HTTP proxy to the platform, as `host:port`.");
  static final Setting<String> CONFIGURATION_FILE =
      Setting.text(
          "configurationFile",
          "The SDK's own properties file, for the options that have no setting here.");
  static final Setting<String> DATA_FILE =
      Setting.text(
          "dataFile",
          "A data file, as a path or `/WEB-INF/…`. The SDK then decides offline and "
              + "uses no network. A `siteCode` among the init-params overrides a `dataFile` "
              + "among the context-params.");
  static final Setting<Integer> REMEMBERED_VISITORS =
      Setting.number(
          "rememberedVisitors",
          String.valueOf(PlatformSettings.REMEMBERED_VISITORS),
          0,
          1_000_000,
          "How many recent visitors each server keeps in memory, 0 to 1000000, about 1 "
              + "kB each. See [memory](proof.md#memory).");
  static final Setting<Boolean> REMOTE_VISITOR_DATA =
      Setting.truth(
          "remoteVisitorData",
          "`true` fetches what Kameleoon stores about a visitor. See "
              + "[Targeting](targeting.md#data-of-earlier-visits).");
  static final Setting<Boolean> TRACK_PAGE_VIEWS =
      Setting.truth(
          "trackPageViews",
          "`true` sends page views: URL with query, and title. For sites [without "
              + "engine.js](targeting.md#tracking-without-enginejs).");
  static final Setting<Boolean> TRACK_STATIC_DATA =
      Setting.truth(
          "trackStaticData",
          "`true` sends browser, operating system and device. For sites without " + "engine.js.");

  static final Section SECTION =
      new Section(
          "Platform",
          List.of(
              SITE_CODE,
              CLIENT_ID,
              CLIENT_SECRET,
              ENVIRONMENT,
              PLATFORM_TIMEOUT_MILLIS,
              PROXY_HOST,
              CONFIGURATION_FILE,
              DATA_FILE,
              REMEMBERED_VISITORS,
              REMOTE_VISITOR_DATA,
              TRACK_PAGE_VIEWS,
              TRACK_STATIC_DATA));

  private PlatformSection() {}

  /**
   * Reads the settings that the decision provider needs.
   *
   * @throws ServletException if a value is malformed, or if the data file cannot be read from the
   *     WAR
   */
  static PlatformSettings read(Parameters parameters, List<String> topLevelDomains)
      throws ServletException {
    return new PlatformSettings(
        SITE_CODE.find(parameters),
        CLIENT_ID.find(parameters),
        CLIENT_SECRET.find(parameters),
        ENVIRONMENT.find(parameters),
        topLevelDomains.isEmpty() ? null : topLevelDomains.get(0),
        PLATFORM_TIMEOUT_MILLIS.find(parameters),
        PROXY_HOST.find(parameters),
        CONFIGURATION_FILE.find(parameters),
        WarFile.path(DATA_FILE.findUnlessNearer(parameters, SITE_CODE), parameters.context()),
        REMEMBERED_VISITORS.get(parameters));
  }

  private static String siteCode(String name, String text) throws NotAllowedException {
    if (!PlatformSettings.isSiteCode(text)) {
      throw new NotAllowedException(PlatformSettings.SITE_CODES);
    }
    return text;
  }

  private static String proxyHost(String name, String text) throws NotAllowedException {
    if (ProxyAddress.find(text) == null) {
      // The message must not show credentials, which end at the last "@".
      throw new NotAllowedException(text.substring(text.lastIndexOf('@') + 1), ProxyAddress.FORM);
    }
    return text;
  }
}
