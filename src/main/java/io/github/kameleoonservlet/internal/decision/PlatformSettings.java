package io.github.kameleoonservlet.internal.decision;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The settings of the platform. For a setting that is null, the value in {@code configurationFile}
 * counts, then the SDK's default.
 *
 * @param siteCode the site's code at the platform; may be null only with {@code dataFile}
 * @param clientId the API's client id; null only when the configuration file has it, or offline
 * @param clientSecret the API's client secret; null only when the configuration file has it, or
 *     offline
 * @param environment the environment, null for production
 * @param topLevelDomain the domain of the cookie, which the library writes and not the SDK; the
 *     first of several, because the SDK accepts one
 * @param timeoutMillis the time-out of one call of the SDK to the platform, in milliseconds; no
 *     request waits for this call
 * @param proxyHost the HTTP proxy as {@code host:port}
 * @param configurationFile path of the SDK's properties file, for the options that have no setting
 *     here
 * @param dataFile path of a data file: the SDK decides from it and uses no network at all
 * @param rememberedVisitors the number of recent visitors whose decisions, User-Agent and consent
 *     are remembered, from 0 on; beyond this number, idle visitors without data of their own are
 *     removed from the SDK's memory
 */
public record PlatformSettings(
    @Nullable String siteCode,
    @Nullable String clientId,
    @Nullable String clientSecret,
    @Nullable String environment,
    @Nullable String topLevelDomain,
    @Nullable Integer timeoutMillis,
    @Nullable String proxyHost,
    @Nullable String configurationFile,
    @Nullable String dataFile,
    int rememberedVisitors) {

  /** The default number of visitors that are remembered. */
  public static final int REMEMBERED_VISITORS = 10_000;

  /** The form of a site code, for messages. */
  public static final String SITE_CODES = "1 to 64 letters, digits, '_' or '-'";

  private static final Pattern SITE_CODE = Pattern.compile("[A-Za-z0-9_-]{1,64}");

  /**
   * Checks the settings.
   *
   * @throws IllegalArgumentException if one is malformed; the message names the setting and what is
   *     allowed
   */
  public PlatformSettings {
    notBlank("clientId", clientId);
    notBlank("clientSecret", clientSecret);
    notBlank("environment", environment);
    notBlank("topLevelDomain", topLevelDomain);
    notBlank("configurationFile", configurationFile);
    notBlank("dataFile", dataFile);
    if (siteCode != null && !isSiteCode(siteCode)) {
      throw new IllegalArgumentException(
          "siteCode '" + siteCode + "': " + SITE_CODES + " are allowed");
    }
    if (timeoutMillis != null && timeoutMillis < 1) {
      throw new IllegalArgumentException(
          "platformTimeoutMillis '" + timeoutMillis + "': a whole number from 1 on is allowed");
    }
    if (proxyHost != null) {
      ProxyAddress.parse("proxyHost", proxyHost);
    }
    if (rememberedVisitors < 0) {
      throw new IllegalArgumentException(
          "rememberedVisitors '" + rememberedVisitors + "': a whole number from 0 on is allowed");
    }
  }

  /**
   * Checks that decisions have a source.
   *
   * @throws IllegalArgumentException if there is neither a site nor a data file; the message names
   *     the settings
   */
  public void requireSource() {
    if (siteCode == null && dataFile == null) {
      throw new IllegalArgumentException(
          "No setting names the source of variations: set siteCode, clientId and clientSecret of"
              + " your site, or dataFile to decide offline from a local data file");
    }
  }

  /** Returns whether a text can be the code of a site. */
  public static boolean isSiteCode(String text) {
    return SITE_CODE.matcher(text).matches();
  }

  /** Returns these settings with another number of remembered visitors. */
  public PlatformSettings remembering(int visitors) {
    return new PlatformSettings(
        siteCode,
        clientId,
        clientSecret,
        environment,
        topLevelDomain,
        timeoutMillis,
        proxyHost,
        configurationFile,
        dataFile,
        visitors);
  }

  /** Returns the settings of a provider that decides offline from a data file. */
  public static PlatformSettings offline(String dataFile) {
    return new PlatformSettings(
        null, null, null, null, null, null, null, null, dataFile, REMEMBERED_VISITORS);
  }

  private static void notBlank(String name, @Nullable String value) {
    if (value != null && value.isBlank()) {
      throw new IllegalArgumentException(name + " is blank: set a value, or remove the setting");
    }
  }

  /** Returns all settings except the secret. */
  @Override
  public String toString() {
    return "PlatformSettings[siteCode=%s, clientId=%s, clientSecret=%s, environment=%s, topLevelDomain=%s, timeoutMillis=%s, proxyHost=%s, configurationFile=%s, dataFile=%s, rememberedVisitors=%s]"
        .formatted(
            siteCode,
            clientId,
            clientSecret == null ? null : "***",
            environment,
            topLevelDomain,
            timeoutMillis,
            proxyHost,
            configurationFile,
            dataFile,
            rememberedVisitors);
  }
}
