package io.github.kameleoonservlet.internal.decision;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Holds the settings of the platform. What is null falls back to {@code configurationFile}, then to
 * the SDK's own default.
 *
 * @param siteCode the site's code at the platform; may be null only with {@code dataFile}
 * @param clientId the API's client id; null only when the configuration file has it, or offline
 * @param clientSecret the API's client secret; null only when the configuration file has it, or
 *     offline
 * @param environment the environment, null for production
 * @param topLevelDomain the domain of the cookie, which this library writes itself; the first of
 *     several, because the SDK accepts one
 * @param timeoutMillis how long one call of the SDK to the platform may take, in milliseconds; no
 *     request waits for it
 * @param proxyHost the HTTP proxy as {@code host:port}
 * @param configurationFile path of the SDK's properties file, for its other knobs
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

  private static final Pattern SITE_CODE = Pattern.compile("[A-Za-z0-9_-]{1,64}");

  /**
   * Takes the settings.
   *
   * @throws IllegalArgumentException when one is malformed, or none says where decisions come from;
   *     the message names the setting and what is allowed
   */
  public PlatformSettings {
    notBlank("clientId", clientId);
    notBlank("clientSecret", clientSecret);
    notBlank("environment", environment);
    notBlank("topLevelDomain", topLevelDomain);
    notBlank("configurationFile", configurationFile);
    notBlank("dataFile", dataFile);
    if (siteCode != null && !SITE_CODE.matcher(siteCode).matches()) {
      throw new IllegalArgumentException(
          "siteCode '" + siteCode + "': 1 to 64 letters, digits, '_' or '-' are allowed");
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
    if (siteCode == null && dataFile == null) {
      throw new IllegalArgumentException(
          "nothing says where variations come from: set siteCode, clientId and clientSecret of your"
              + " site, or dataFile to decide offline from a local data file");
    }
  }

  /** Creates settings with the default number of remembered visitors. */
  public PlatformSettings(
      @Nullable String siteCode,
      @Nullable String clientId,
      @Nullable String clientSecret,
      @Nullable String environment,
      @Nullable String topLevelDomain,
      @Nullable Integer timeoutMillis,
      @Nullable String proxyHost,
      @Nullable String configurationFile,
      @Nullable String dataFile) {
    this(
        siteCode,
        clientId,
        clientSecret,
        environment,
        topLevelDomain,
        timeoutMillis,
        proxyHost,
        configurationFile,
        dataFile,
        REMEMBERED_VISITORS);
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

  /** The settings of a provider that decides offline from a data file. */
  public static PlatformSettings offline(String dataFile) {
    return new PlatformSettings(null, null, null, null, null, null, null, null, dataFile);
  }

  private static void notBlank(String name, @Nullable String value) {
    if (value != null && value.isBlank()) {
      throw new IllegalArgumentException(name + " is blank: give a value or leave it out");
    }
  }

  /** Shows all settings but the secret. */
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
