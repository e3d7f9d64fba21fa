package io.github.kameleoonservlet.internal.kameleoon;

import com.kameleoon.KameleoonClientConfig;
import com.kameleoon.KameleoonException;
import io.github.kameleoonservlet.internal.decision.PlatformSettings;
import io.github.kameleoonservlet.internal.decision.ProxyAddress;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * The configuration of the SDK from the settings and the SDK's properties file. A setting has
 * precedence over the file. Immutable.
 *
 * <p>The library does not use {@code KameleoonClientConfig.readFromFile}, because SDK 4.5.0 treats
 * a missing file as an empty one, and requires the credentials in the file even if settings contain
 * them.
 *
 * @param siteCode the site's code
 * @param sdk the SDK's configuration, without the proxy
 * @param proxy the HTTP proxy; null without a proxy. SDK 4.5.0 would use the proxy's URL as a host
 *     name.
 * @param rememberedVisitors the number of visitors whose decisions are remembered
 */
record SdkConfig(
    String siteCode,
    KameleoonClientConfig sdk,
    @Nullable ProxyAddress proxy,
    int rememberedVisitors) {

  private static final String OFFLINE = "offline";

  /**
   * Reads the configuration file, if one is set.
   *
   * @throws IllegalArgumentException if the file cannot be read or contains a malformed value, or
   *     if neither the settings nor the file contain the credentials; the message names the setting
   */
  static SdkConfig of(PlatformSettings settings) {
    Properties file = load(settings.configurationFile());
    requireSameDomain(settings, file);
    KameleoonClientConfig.Builder config =
        new KameleoonClientConfig.Builder()
            .environment(first(settings.environment(), file, "environment"))
            .topLevelDomain(domain(settings, file))
            .clientId(credential("clientId", settings.clientId(), file, "client_id", settings))
            .clientSecret(
                credential(
                    "clientSecret", settings.clientSecret(), file, "client_secret", settings));
    Integer timeout = settings.timeoutMillis();
    if (timeout == null) {
      timeout = number(file, "default_timeout_millisecond");
    }
    if (timeout != null) {
      config.defaultTimeout(timeout);
    }
    Integer refresh = number(file, "refresh_interval_minute");
    if (refresh != null) {
      config.refreshInterval(refresh);
    }
    Integer session = number(file, "session_duration_minute");
    if (session != null) {
      config.sessionDuration(session);
    }
    Integer tracking = number(file, "tracking_interval_millisecond");
    if (tracking != null) {
      config.trackingInterval(tracking);
    }
    String proxy = first(settings.proxyHost(), file, "proxy_host");
    String siteCode = settings.siteCode();
    try {
      return new SdkConfig(
          siteCode == null ? OFFLINE : siteCode,
          config.build(),
          proxy == null
              ? null
              : ProxyAddress.parse(
                  settings.proxyHost() == null ? "configurationFile: proxy_host" : "proxyHost",
                  proxy),
          settings.rememberedVisitors());
    } catch (KameleoonException.ConfigCredentialsInvalid e) {
      throw new IllegalArgumentException("clientId or clientSecret: " + e.getMessage(), e);
    }
  }

  private static Properties load(@Nullable String path) {
    Properties properties = new Properties();
    if (path != null) {
      Path absolute = Path.of(path).toAbsolutePath();
      try (BufferedReader in = Files.newBufferedReader(absolute, StandardCharsets.ISO_8859_1)) {
        properties.load(in);
      } catch (IOException | IllegalArgumentException e) {
        throw new IllegalArgumentException(
            "configurationFile: cannot read " + absolute + ": " + e, e);
      }
    }
    return properties;
  }

  private static @Nullable String first(@Nullable String set, Properties file, String key) {
    if (set != null) {
      return set;
    }
    String value = file.getProperty(key);
    return value == null || value.isBlank() ? null : value.trim();
  }

  private static @Nullable String domain(PlatformSettings settings, Properties file) {
    String domain = first(settings.topLevelDomain(), file, "top_level_domain");
    // Without a domain the SDK logs a warning, which has no meaning for a local data file.
    return domain == null && settings.dataFile() != null ? OFFLINE : domain;
  }

  /**
   * Refuses another domain in the SDK's file, because the library writes the cookie with the
   * setting's domain.
   */
  private static void requireSameDomain(PlatformSettings settings, Properties file) {
    String domain = first(null, file, "top_level_domain");
    String bare = domain != null && domain.startsWith(".") ? domain.substring(1) : domain;
    if (bare != null && !bare.equals(settings.topLevelDomain())) {
      throw new IllegalArgumentException(
          "configurationFile: top_level_domain '"
              + domain
              + "' differs from the setting topLevelDomain, with which the library"
              + " writes the visitor cookie: set topLevelDomain to the same domain");
    }
  }

  private static String credential(
      String name, @Nullable String set, Properties file, String key, PlatformSettings settings) {
    String value = first(set, file, key);
    if (value != null) {
      return value;
    }
    if (settings.dataFile() != null) {
      return OFFLINE;
    }
    throw new IllegalArgumentException(
        name
            + " is missing: with siteCode, set clientId and clientSecret, or client_id and"
            + " client_secret in configurationFile");
  }

  private static @Nullable Integer number(Properties file, String key) {
    String text = first(null, file, key);
    if (text == null) {
      return null;
    }
    try {
      int number = Integer.parseInt(text);
      if (number > 0) {
        return number;
      }
    } catch (NumberFormatException e) {
      throw badNumber(key, text, e);
    }
    throw badNumber(key, text, null);
  }

  private static IllegalArgumentException badNumber(
      String key, String text, @Nullable Throwable cause) {
    return new IllegalArgumentException(
        "configurationFile: " + key + " '" + text + "': a whole number from 1 on is allowed",
        cause);
  }
}
