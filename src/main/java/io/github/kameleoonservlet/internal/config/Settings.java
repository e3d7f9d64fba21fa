package io.github.kameleoonservlet.internal.config;

import io.github.kameleoonservlet.internal.decision.PlatformSettings;
import io.github.kameleoonservlet.internal.http.CookieHeader;
import io.github.kameleoonservlet.internal.http.Origin;
import io.github.kameleoonservlet.internal.http.PathPatterns;
import jakarta.servlet.ServletException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Holds the filter's settings, read and checked. What a package of ours checks itself (platform,
 * database) is checked there.
 *
 * @param platform who decides
 * @param user who the users are
 * @param store where the links are kept
 * @param page how pages are answered
 * @param consents whether consent is required
 * @param facts the data that decisions take from a request
 */
public record Settings(
    Platform platform, User user, Store store, Page page, Consents consents, FactSettings facts) {

  private static final String CONSENT_COOKIE = "kameleoonConsent=granted";

  /**
   * The names that servers and frameworks give a caller without a login (WebSphere, WebLogic,
   * Spring Security), the texts of missing values, and the ids of guest beans.
   */
  private static final String NOT_USERS =
      "anonymous,anonymousUser,<anonymous>,unauthenticated,guest,null,(null),undefined,0,-1,"
          + "00000000-0000-0000-0000-000000000000";

  private static final String STATIC_FILES =
      "*.css,*.js,*.mjs,*.map,*.png,*.jpg,*.jpeg,*.gif,*.svg,*.webp,*.avif,*.ico,"
          + "*.woff,*.woff2,*.ttf,*.eot,*.otf,/jakarta.faces.resource/*";

  /** As in the README; {@code dataFile} is null when a nearer {@code siteCode} decides. */
  public record Platform(
      @Nullable String siteCode,
      @Nullable String clientId,
      @Nullable String clientSecret,
      @Nullable String environment,
      List<String> topLevelDomains,
      @Nullable Integer timeoutMillis,
      @Nullable String proxyHost,
      @Nullable String configurationFile,
      @Nullable String dataFile,
      int rememberedVisitors) {}

  /** As in the README. */
  public record User(
      String userId,
      Set<String> notUsers,
      @Nullable String secret,
      @Nullable String previousSecret,
      boolean renewAfterSignOut) {}

  /**
   * As in the README; {@code persistenceUnit} is null if a {@code jdbcUrl} among the init-params
   * hides it.
   */
  public record Store(
      @Nullable String dataSource,
      @Nullable String jdbcUrl,
      @Nullable String jdbcUser,
      @Nullable String jdbcPassword,
      @Nullable String jdbcDriver,
      @Nullable String persistenceUnit,
      @Nullable String className,
      String schema,
      int timeoutMillis,
      int cacheSize,
      int cacheSeconds) {}

  /** As in the README. */
  public record Page(
      @Nullable String featureKey,
      PathPatterns exclude,
      @Nullable Origin publicOrigin,
      boolean cookieAlwaysSecure,
      String cookieSameSite) {}

  /** As in the README. */
  public record Consents(
      boolean required, @Nullable String resolverClass, String cookieName, String cookieValue) {}

  /** Reads all settings; refuses unknown names and settings without effect. */
  public static Settings read(Parameters parameters) throws ServletException {
    Settings settings =
        new Settings(
            readPlatform(parameters),
            readUser(parameters),
            readStore(parameters),
            readPage(parameters),
            readConsents(parameters),
            FactSettings.read(parameters));
    parameters.rejectUnknown();
    IneffectiveSettings.refuse(parameters, settings);
    return settings;
  }

  private static Platform readPlatform(Parameters parameters) throws ServletException {
    return new Platform(
        parameters.text("siteCode"),
        parameters.text("clientId"),
        parameters.secret("clientSecret"),
        parameters.text("environment"),
        domains(parameters),
        parameters.text("platformTimeoutMillis") == null
            ? null
            : parameters.number("platformTimeoutMillis", 0, 100, 60_000),
        parameters.text("proxyHost"),
        parameters.text("configurationFile"),
        parameters.textUnlessNearer("dataFile", "siteCode"),
        parameters.number(
            "rememberedVisitors", PlatformSettings.REMEMBERED_VISITORS, 0, 1_000_000));
  }

  private static List<String> domains(Parameters parameters) throws ServletException {
    List<String> domains =
        parameters.list("topLevelDomain", "").stream()
            .map(domain -> domain.startsWith(".") ? domain.substring(1) : domain)
            .toList();
    for (String domain : domains) {
      if (!domain.matches("[a-z0-9-]+(\\.[a-z0-9-]+)+")) {
        throw parameters.wrong(
            "topLevelDomain",
            domain,
            "domains of at least two labels in lower case, separated by commas: example.com");
      }
    }
    return domains;
  }

  private static User readUser(Parameters parameters) throws ServletException {
    String secret = parameters.lastingSecret("userIdSecret");
    String previous = parameters.lastingSecret("userIdSecretPrevious");
    if (previous != null && secret == null) {
      throw parameters.wrong("userIdSecretPrevious", "***", "only together with userIdSecret");
    }
    return new User(
        parameters.text("userId", "principal"),
        new HashSet<>(parameters.list("notUsers", NOT_USERS)),
        secret,
        previous,
        parameters.choice("afterSignOut", "keep", "renew").equals("renew"));
  }

  private static Store readStore(Parameters parameters) throws ServletException {
    Store store =
        new Store(
            parameters.noUrl("dataSource", "jdbcUrl"),
            parameters.url("jdbcUrl", "jdbc:"),
            parameters.text("jdbcUser"),
            parameters.secret("jdbcPassword"),
            parameters.text("jdbcDriver"),
            parameters.textUnlessNearer("persistenceUnit", "jdbcUrl"),
            parameters.text("store"),
            parameters.choice("storeSchema", "create", "validate", "none"),
            parameters.number("storeTimeoutMillis", 250, 10, 60_000),
            parameters.number("cacheSize", 10_000, 0, 10_000_000),
            parameters.number("cacheSeconds", 60, 1, 86_400));
    onlyOne(parameters, "dataSource", store.dataSource(), "jdbcUrl", store.jdbcUrl());
    String unit = store.persistenceUnit();
    onlyOne(parameters, "persistenceUnit", unit, "jdbcUrl", store.jdbcUrl());
    onlyOne(parameters, "persistenceUnit", unit, "dataSource", store.dataSource());
    onlyOne(parameters, "store", store.className(), "jdbcUrl", store.jdbcUrl());
    onlyOne(parameters, "store", store.className(), "dataSource", store.dataSource());
    onlyOne(parameters, "store", store.className(), "persistenceUnit", unit);
    return store;
  }

  private static void onlyOne(
      Parameters parameters,
      String name,
      @Nullable String value,
      String other,
      @Nullable String otherValue)
      throws ServletException {
    if (value != null && otherValue != null) {
      throw parameters.wrong(name, value, "no value together with " + other);
    }
  }

  private static Consents readConsents(Parameters parameters) throws ServletException {
    boolean required = parameters.choice("consent", "notRequired", "required").equals("required");
    String resolver = parameters.text("consentResolver");
    String cookie = parameters.text("consentCookie");
    onlyOne(parameters, "consentResolver", resolver, "consentCookie", cookie);
    if (!required && resolver != null) {
      throw parameters.wrong("consentResolver", resolver, "only together with consent=required");
    }
    if (!required && cookie != null) {
      throw parameters.wrong("consentCookie", cookie, "only together with consent=required");
    }
    String pair = cookie == null ? CONSENT_COOKIE : cookie;
    // RFC 6265 section 4.1.1: a token, and cookie-octets.
    if (!pair.matches("[A-Za-z0-9!#$%&'*+.^_`|~-]+=[!#-+\\--:<-\\[\\]-~]+")
        || pair.startsWith(CookieHeader.NAME + "=")) {
      throw parameters.wrong("consentCookie", pair, "name=value, the value that means consent");
    }
    int equals = pair.indexOf('=');
    return new Consents(required, resolver, pair.substring(0, equals), pair.substring(equals + 1));
  }

  private static Page readPage(Parameters parameters) throws ServletException {
    List<String> patterns = parameters.list("exclude", STATIC_FILES);
    PathPatterns exclude;
    try {
      exclude = new PathPatterns(patterns);
    } catch (IllegalArgumentException e) {
      throw parameters.wrong("exclude", String.join(",", patterns), String.valueOf(e.getMessage()));
    }
    return new Page(
        parameters.text("featureKey"),
        exclude,
        origin(parameters),
        parameters.choice("cookieSecure", "auto", "always").equals("always"),
        sameSite(parameters));
  }

  private static String sameSite(Parameters parameters) throws ServletException {
    String sameSite = parameters.choice("cookieSameSite", "Lax", "None");
    if (sameSite.equals("None") && !parameters.text("cookieSecure", "auto").equals("always")) {
      throw parameters.wrong(
          "cookieSameSite", sameSite, "None only together with cookieSecure=always; else Lax");
    }
    return sameSite;
  }

  private static @Nullable Origin origin(Parameters parameters) throws ServletException {
    String text = parameters.text("publicOrigin");
    if (text == null) {
      return null;
    }
    Origin origin = Origin.parse(text);
    if (origin == null
        || !Set.of("http", "https").contains(origin.scheme())
        || !origin.host().matches("[a-z0-9._-]+|[0-9a-f:.]+")
        || origin.port() > 65_535) {
      throw parameters.wrong("publicOrigin", text, "scheme and host: https://shop.example");
    }
    return origin;
  }
}
