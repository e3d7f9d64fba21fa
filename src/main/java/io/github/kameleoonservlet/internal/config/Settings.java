package io.github.kameleoonservlet.internal.config;

import io.github.kameleoonservlet.internal.decision.PlatformSettings;
import io.github.kameleoonservlet.internal.http.Origin;
import io.github.kameleoonservlet.internal.http.PathPatterns;
import io.github.kameleoonservlet.internal.source.AccessRule;
import io.github.kameleoonservlet.internal.source.FactSettings;
import jakarta.servlet.ServletException;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a filter. Each value is valid, and no setting contradicts another one. Faults
 * that need the database or the platform are detected later. Immutable.
 *
 * @param platform the settings of the decision provider
 * @param user the settings that determine the user
 * @param store the settings of the database
 * @param page the settings of the cookie and of pages
 * @param consents the settings of consent
 * @param preview the settings of previews
 * @param facts the data that decisions take from a request
 * @param status the settings of the status page
 */
public record Settings(
    PlatformSettings platform,
    User user,
    Store store,
    Page page,
    Consents consents,
    Preview preview,
    FactSettings facts,
    Status status) {

  /** The sections in the order of the documentation. */
  static final List<Section> SECTIONS =
      List.of(
          PlatformSection.SECTION,
          UserSection.SECTION,
          ConsentSection.SECTION,
          StoreSection.SECTION,
          PageSection.SECTION,
          TargetingSection.SECTION,
          PreviewSection.SECTION,
          StatusSection.SECTION);

  /** The settings of the section User. */
  public record User(
      String userId,
      Set<String> notUsers,
      @Nullable String secret,
      @Nullable String previousSecret,
      boolean renewAfterSignOut) {}

  /**
   * The settings of the section Store; {@code persistenceUnit} is null if a {@code jdbcUrl} among
   * the init-params overrides it.
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

  /** The settings of the section Cookie and pages. */
  public record Page(
      @Nullable String featureKey,
      PathPatterns exclude,
      @Nullable Origin publicOrigin,
      List<String> topLevelDomains,
      boolean cookieAlwaysSecure,
      String cookieSameSite,
      boolean observes) {}

  /** The settings of the section Consent. */
  public record Consents(
      boolean required, @Nullable String resolverClass, String cookieName, String cookieValue) {}

  /** The settings of the section Preview; {@code simulationFor} is null for {@code nobody}. */
  public record Preview(@Nullable String secret, @Nullable AccessRule simulationFor) {}

  /** The settings of the section Status page. */
  public record Status(int recentResolutions) {}

  /**
   * Reads all settings.
   *
   * @throws ServletException if a name is unknown, a value is malformed, or a setting has no effect
   */
  public static Settings read(Parameters parameters) throws ServletException {
    Page page = PageSection.read(parameters);
    Settings settings =
        new Settings(
            PlatformSection.read(parameters, page.topLevelDomains()),
            UserSection.read(parameters),
            StoreSection.read(parameters),
            page,
            ConsentSection.read(parameters),
            PreviewSection.read(parameters),
            TargetingSection.read(parameters),
            StatusSection.read(parameters));
    parameters.rejectUnknown(
        SECTIONS.stream().<Setting<?>>flatMap(section -> section.settings().stream()).toList());
    IneffectiveSettings.refuse(parameters, settings);
    return settings;
  }
}
