package io.github.kameleoonservlet.internal.config;

import io.github.kameleoonservlet.internal.http.Origin;
import io.github.kameleoonservlet.internal.http.PathPatterns;
import jakarta.servlet.ServletException;
import java.util.List;
import java.util.Set;

/** The settings of the cookie and of pages, in the order of the documentation. */
final class PageSection {

  private static final String STATIC_FILES =
      "*.css,*.js,*.mjs,*.map,*.png,*.jpg,*.jpeg,*.gif,*.svg,*.webp,*.avif,*.ico,"
          + "*.woff,*.woff2,*.ttf,*.eot,*.otf,"
          + "/jakarta.faces.resource/*,/javax.faces.resource/*";

  static final Setting<List<String>> TOP_LEVEL_DOMAIN =
      Setting.of(
          "topLevelDomain",
          null,
          PageSection::domains,
          "The `Domain` of the cookie, or a list of domains. The library uses the "
              + "longest domain that matches the request's host. If none matches, the cookie "
              + "is for the host only. The SDK gets the first domain.");
  static final Setting<String> COOKIE_SECURE =
      Setting.choice(
          "cookieSecure",
          List.of("auto", "always"),
          "`auto`: the cookie is `Secure` if the request is secure, or if "
              + "`publicOrigin` is https. `always`: for a proxy that ends TLS.");
  static final Setting<String> COOKIE_SAME_SITE =
      Setting.choice(
          "cookieSameSite",
          List.of("Lax", "None"),
          "`Lax`, or `None` together with `cookieSecure=always`.");
  static final Setting<Origin> PUBLIC_ORIGIN =
      Setting.of(
          "publicOrigin",
          null,
          PageSection::origin,
          "The origin that browsers use, such as `https://shop.example`. Needed "
              + "behind a proxy that changes `Host`. Without this setting the library reads "
              + "the `Host` header.");
  static final Setting<PathPatterns> EXCLUDE =
      Setting.of(
          "exclude",
          STATIC_FILES,
          PageSection::patterns,
          "Paths that get no cookie: `*.ext`, `/dir/*` or exact paths. See [Excluded "
              + "paths](operations.md#excluded-paths).");
  static final Setting<String> FEATURE_KEY =
      Setting.text("featureKey", "The feature of the request attribute `kameleoonVariation`.");

  static final Setting<String> MODE =
      Setting.choice(
          "mode",
          List.of("decide", "observe"),
          "`observe`: the library changes nothing for visitors, and only counts what it would do. "
              + "See [Observe first](operations.md#observe-first).");

  static final Section SECTION =
      new Section(
          "Cookie and pages",
          List.of(
              TOP_LEVEL_DOMAIN,
              COOKIE_SECURE,
              COOKIE_SAME_SITE,
              PUBLIC_ORIGIN,
              EXCLUDE,
              FEATURE_KEY,
              MODE));

  private PageSection() {}

  /** Reads the settings. */
  static Settings.Page read(Parameters parameters) throws ServletException {
    List<String> domains = TOP_LEVEL_DOMAIN.find(parameters);
    return new Settings.Page(
        FEATURE_KEY.find(parameters),
        EXCLUDE.getQuietly(parameters),
        PUBLIC_ORIGIN.find(parameters),
        domains == null ? List.of() : domains,
        COOKIE_SECURE.get(parameters).equals("always"),
        COOKIE_SAME_SITE.get(parameters),
        MODE.get(parameters).equals("observe"));
  }

  private static List<String> domains(String name, String text) throws NotAllowedException {
    List<String> domains =
        Setting.words(text).stream()
            .map(domain -> domain.startsWith(".") ? domain.substring(1) : domain)
            .toList();
    for (String domain : domains) {
      if (!domain.matches("[a-z0-9-]+(\\.[a-z0-9-]+)+")) {
        throw new NotAllowedException(
            domain,
            "domains of at least two labels in lower case, separated by commas: example.com");
      }
    }
    return domains;
  }

  private static Origin origin(String name, String text) throws NotAllowedException {
    Origin origin = Origin.parse(text);
    if (origin == null
        || !Set.of("http", "https").contains(origin.scheme())
        || !origin.host().matches("[a-z0-9._-]+|[0-9a-f:.]+")
        || origin.port() > 65_535) {
      throw new NotAllowedException("scheme and host: https://shop.example");
    }
    return origin;
  }

  private static PathPatterns patterns(String name, String text) throws NotAllowedException {
    try {
      return new PathPatterns(Setting.words(text));
    } catch (IllegalArgumentException e) {
      throw new NotAllowedException(String.valueOf(e.getMessage()));
    }
  }
}
