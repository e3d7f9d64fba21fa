package io.github.kameleoonservlet.servlet;

import io.github.kameleoonservlet.ConsentResolver;
import io.github.kameleoonservlet.UserIdResolver;
import io.github.kameleoonservlet.VisitorService;
import io.github.kameleoonservlet.identity.VisitorCode;
import io.github.kameleoonservlet.identity.VisitorCodeStore;
import io.github.kameleoonservlet.internal.api.JsonProviders;
import io.github.kameleoonservlet.internal.config.ApplicationResources;
import io.github.kameleoonservlet.internal.config.Parameters;
import io.github.kameleoonservlet.internal.config.Settings;
import io.github.kameleoonservlet.internal.config.UserIds;
import io.github.kameleoonservlet.internal.decision.PlatformSettings;
import io.github.kameleoonservlet.internal.guard.RequestStore;
import io.github.kameleoonservlet.internal.guard.StoreGuard;
import io.github.kameleoonservlet.internal.http.BrowserRequest;
import io.github.kameleoonservlet.internal.http.VisitorCookie;
import io.github.kameleoonservlet.internal.jdbc.JdbcDatabase;
import io.github.kameleoonservlet.internal.jdbc.JdbcVisitorCodeStore;
import io.github.kameleoonservlet.internal.jdbc.LinkReader;
import io.github.kameleoonservlet.internal.jdbc.SchemaMode;
import io.github.kameleoonservlet.internal.jpa.ApplicationUnit;
import io.github.kameleoonservlet.internal.kameleoon.KameleoonDecisionProvider;
import io.github.kameleoonservlet.internal.monitor.OutcomeMonitor;
import io.github.kameleoonservlet.internal.reconcile.Reconciler;
import io.github.kameleoonservlet.internal.reconcile.UserKeys;
import io.github.kameleoonservlet.internal.reconcile.UserLinks;
import io.github.kameleoonservlet.internal.reconcile.VisitorResolver;
import io.github.kameleoonservlet.internal.visitor.BrowserFactsCache;
import io.github.kameleoonservlet.internal.visitor.ClaimsReader;
import io.github.kameleoonservlet.internal.visitor.ConsentReader;
import io.github.kameleoonservlet.internal.visitor.FilterParts;
import io.github.kameleoonservlet.internal.visitor.StoredUsers;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Builds what a filter works with, and closes it: the one class that knows all packages.
 *
 * <p>What is local (an embedded database, a data file) is waited for; what is across the network
 * never is.
 */
final class Wiring {

  private static final Logger LOG = LoggerFactory.getLogger(Wiring.class);
  private static final Duration LOCAL_WAIT = Duration.ofSeconds(20);

  private final ServletContext context;
  private final FilterParts parts;
  private final RequestStore store;
  private final Duration tableWait;
  private final AtomicBoolean requested = new AtomicBoolean();

  private Wiring(
      ServletContext context, FilterParts parts, RequestStore store, Duration tableWait) {
    this.tableWait = tableWait;
    this.context = context;
    this.parts = parts;
    this.store = store;
  }

  /**
   * Reads the settings and builds.
   *
   * @throws ServletException when a setting is wrong; nothing is left open
   */
  static Wiring open(FilterConfig config) throws ServletException {
    Parameters parameters = new Parameters(config, System::getenv);
    ServletContext context = config.getServletContext();
    Settings settings = Settings.read(parameters);
    var users = UserIds.resolver(parameters, settings.user().userId());
    ConsentReader consent = consent(parameters, settings);
    KameleoonDecisionProvider decisions = decisions(parameters, settings, context);
    try {
      Opener opener = opener(parameters, settings.store(), context);
      return open(parameters, settings, context, users, consent, decisions, opener);
    } catch (ServletException | RuntimeException | Error e) {
      decisions.close();
      throw e;
    }
  }

  private static Wiring open(
      Parameters parameters,
      Settings settings,
      ServletContext context,
      UserIdResolver users,
      ConsentReader consent,
      KameleoonDecisionProvider decisions,
      Opener opener) {
    JsonProviders.applicationWorks();
    LOG.info("The Kameleoon visitor filter works with {}", parameters.summary());

    Settings.Store limits = settings.store();
    RequestStore store =
        StoreGuard.open(
            opener.store(),
            opener.release(),
            opener.openingWait(),
            Duration.ofMillis(limits.timeoutMillis()),
            limits.cacheSize(),
            Duration.ofSeconds(limits.cacheSeconds()));
    SecureRandom random = new SecureRandom();
    UserLinks links = new UserLinks(store);
    UserKeys keys =
        new UserKeys(
            settings.user().notUsers(), settings.user().secret(), settings.user().previousSecret());
    VisitorService service = new StoredUsers(keys, links);
    Settings.Page page = settings.page();
    BrowserRequest browser = new BrowserRequest(page.publicOrigin());
    FilterParts parts =
        new FilterParts(
            new VisitorResolver(
                new Reconciler(() -> VisitorCode.draw(random)), links, new OutcomeMonitor()),
            service,
            decisions,
            new ClaimsReader(keys, users, consent, browser),
            consent,
            browser,
            new VisitorCookie(
                browser,
                settings.platform().topLevelDomains(),
                page.cookieAlwaysSecure() || browser.publiclySecure(),
                page.cookieSameSite()),
            page.exclude(),
            settings.user().renewAfterSignOut(),
            page.featureKey(),
            settings.facts(),
            new BrowserFactsCache());
    try {
      publish(context, service, decisions);
    } catch (RuntimeException | Error e) {
      // The application listens to its attributes, and threw.
      store.close();
      throw e;
    }
    return new Wiring(context, parts, store, opener.tableWait());
  }

  private static void publish(
      ServletContext context, VisitorService service, KameleoonDecisionProvider decisions) {
    context.setAttribute(VisitorService.ATTRIBUTE, service);
    decisions
        .offlineTraffic()
        .ifPresent(
            traffic -> {
              Supplier<List<String>> lines = traffic::sentLines;
              context.setAttribute(KameleoonVisitorFilter.SENT_LINES_ATTRIBUTE, lines);
            });
  }

  FilterParts parts() {
    return parts;
  }

  /**
   * Notes that the application has handled a request; the first one shows that the application has
   * started. Does not throw.
   */
  void requestEnded() {
    if (!requested.get() && requested.compareAndSet(false, true)) {
      store.requestsCome(tableWait);
    }
  }

  /** Delivers pending events within a bounded time, and leaves no thread and no driver. */
  void close() {
    try {
      context.removeAttribute(VisitorService.ATTRIBUTE);
      context.removeAttribute(KameleoonVisitorFilter.SENT_LINES_ATTRIBUTE);
    } finally {
      try {
        parts.decisions().close();
      } finally {
        store.close();
      }
    }
  }

  private static KameleoonDecisionProvider decisions(
      Parameters parameters, Settings all, ServletContext context) throws ServletException {
    Settings.Platform platform = all.platform();
    String dataFile = ApplicationResources.dataFile(platform.dataFile(), context);
    try {
      PlatformSettings settings =
          new PlatformSettings(
              platform.siteCode(),
              platform.clientId(),
              platform.clientSecret(),
              platform.environment(),
              platform.topLevelDomains().stream().findFirst().orElse(null),
              platform.timeoutMillis(),
              platform.proxyHost(),
              platform.configurationFile(),
              dataFile,
              platform.rememberedVisitors());
      return JsonProviders.sdkWorks()
          ? KameleoonDecisionProvider.open(settings, all.facts().forProvider())
          : KameleoonDecisionProvider.neverReady(settings);
    } catch (IllegalArgumentException e) {
      throw new ServletException(e.getMessage() + parameters.unset(), e);
    }
  }

  private static ConsentReader consent(Parameters parameters, Settings settings)
      throws ServletException {
    Settings.Consents agreement = settings.consents();
    String resolver = agreement.resolverClass();
    return new ConsentReader(
        agreement.required(),
        resolver == null
            ? null
            : parameters.instance("consentResolver", resolver, ConsentResolver.class),
        agreement.cookieName(),
        agreement.cookieValue());
  }

  /**
   * The way to open a store.
   *
   * @param store opens the store; called again after a failure
   * @param release releases what the attempts to open have left
   * @param openingWait how long the start waits until the store is open
   * @param tableWait how long the first request waits for a missing table
   */
  private record Opener(
      Supplier<VisitorCodeStore> store,
      Runnable release,
      Duration openingWait,
      Duration tableWait) {}

  private static Opener opener(JdbcDatabase database, SchemaMode schema, LinkReader reader) {
    Duration wait = database.isLocal() ? LOCAL_WAIT : Duration.ZERO;
    return new Opener(
        () -> JdbcVisitorCodeStore.open(database, schema, reader),
        () -> {
          reader.close();
          database.close();
        },
        wait,
        wait);
  }

  private static Opener opener(Parameters parameters, Settings.Store store, ServletContext context)
      throws ServletException {
    if (store.className() != null) {
      VisitorCodeStore own =
          parameters.instance("store", store.className(), VisitorCodeStore.class);
      // The instance exists already, so that the start waits for a thread only. The first request
      // must not wait: the store may be across a network.
      return new Opener(() -> own, own::close, LOCAL_WAIT, Duration.ZERO);
    }
    SchemaMode schema = SchemaMode.valueOf(store.schema().toUpperCase(Locale.ROOT));
    if (store.persistenceUnit() != null) {
      return unit(parameters, store.persistenceUnit(), schema);
    }
    return opener(database(parameters, store, context), schema, LinkReader.byJdbc());
  }

  private static JdbcDatabase database(
      Parameters parameters, Settings.Store store, ServletContext context) throws ServletException {
    if (store.dataSource() != null) {
      return JdbcDatabase.of(ApplicationResources.dataSource(parameters, store.dataSource()));
    }
    if (store.jdbcUrl() != null) {
      return JdbcDatabase.of(
          store.jdbcUrl(), store.jdbcUser(), store.jdbcPassword(), store.jdbcDriver());
    }
    Path file = ApplicationResources.databaseFile(context);
    LOG.warn(
        "No dataSource, jdbcUrl, persistenceUnit or store is set: the visitor codes are kept in the H2"
            + " file {}, which serves one server and no parallel deployment. Set one of them for"
            + " production.",
        file);
    return JdbcDatabase.ownFile(file);
  }

  private static Opener unit(Parameters parameters, String name, SchemaMode schema)
      throws ServletException {
    try {
      ApplicationUnit unit = ApplicationUnit.named(name);
      return opener(
          unit.database(ApplicationResources.dataSource(parameters, name, unit.dataSource())),
          schema,
          unit.reader());
    } catch (IllegalArgumentException e) {
      ServletException wrong =
          parameters.wrong("persistenceUnit", name, String.valueOf(e.getMessage()));
      wrong.initCause(e);
      throw wrong;
    }
  }
}
