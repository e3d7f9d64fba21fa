package io.github.kameleoonservlet.servlet;

import io.github.kameleoonservlet.ConsentResolver;
import io.github.kameleoonservlet.UserIdResolver;
import io.github.kameleoonservlet.VisitorService;
import io.github.kameleoonservlet.internal.api.JsonProviders;
import io.github.kameleoonservlet.internal.config.ApplicationClass;
import io.github.kameleoonservlet.internal.config.Parameters;
import io.github.kameleoonservlet.internal.config.Settings;
import io.github.kameleoonservlet.internal.config.UserIds;
import io.github.kameleoonservlet.internal.decision.PlatformSettings;
import io.github.kameleoonservlet.internal.guard.TimeLimitedStore;
import io.github.kameleoonservlet.internal.jars.RequiredJars;
import io.github.kameleoonservlet.internal.jmx.ManagementBean;
import io.github.kameleoonservlet.internal.kameleoon.KameleoonDecisionProvider;
import io.github.kameleoonservlet.internal.kameleoon.SdkStart;
import io.github.kameleoonservlet.internal.micrometer.Meters;
import io.github.kameleoonservlet.internal.preview.PreviewTokens;
import io.github.kameleoonservlet.internal.statistics.PlatformCounts;
import io.github.kameleoonservlet.internal.statistics.Statistics;
import io.github.kameleoonservlet.internal.status.StatusSource;
import io.github.kameleoonservlet.internal.visitor.ConsentReader;
import io.github.kameleoonservlet.internal.visitor.FilterParts;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The start and the end of one filter: builds and closes the parts of the filter. Only this class
 * and {@link StoreOpener} use the rooms {@code guard}, {@code jdbc}, {@code jpa} and {@code
 * kameleoon}. The start waits for local parts (an embedded database, a data file) and never for the
 * network.
 */
final class Wiring {

  private static final Logger LOG = LoggerFactory.getLogger(Wiring.class);
  private static final Duration END_OF_CHECK = Duration.ofSeconds(2);

  private final ServletContext context;
  private final FilterParts parts;
  private final StatusSource status;
  private final TimeLimitedStore store;
  private final RequiredJars jars;
  private final Duration tableWait;
  private final ManagementBean bean;
  private final Meters meters;
  private final AtomicBoolean requested = new AtomicBoolean();

  private Wiring(
      ServletContext context,
      FilterParts parts,
      StatusSource status,
      TimeLimitedStore store,
      RequiredJars jars,
      Duration tableWait,
      ManagementBean bean,
      Meters meters) {
    this.bean = bean;
    this.meters = meters;
    this.status = status;
    this.tableWait = tableWait;
    this.jars = jars;
    this.context = context;
    this.parts = parts;
    this.store = store;
  }

  /**
   * Reads the settings and builds the parts.
   *
   * @throws ServletException if a setting is wrong; then no part stays open
   * @throws OldJarException if the library cannot work with a jar of the application, which a WARN
   *     has named
   */
  static Wiring open(FilterConfig config) throws ServletException {
    Parameters parameters = new Parameters(config, System::getenv);
    ServletContext context = config.getServletContext();
    Settings settings = Settings.read(parameters);
    StatusServlets.check(context);
    var users = UserIds.resolver(parameters, settings.user().userId());
    ConsentReader consent = consent(parameters, settings);
    RequiredJars jars = new RequiredJars();
    Statistics statistics = new Statistics(settings.status().recentResolutions());
    KameleoonDecisionProvider decisions =
        decisions(parameters, settings, jars, statistics.platform());
    try {
      StoreOpener opener = StoreOpener.of(parameters, settings.store(), context);
      jars.checkInBackground(opener.pooled());
      return open(
          parameters, settings, context, users, consent, decisions, opener, jars, statistics);
    } catch (LinkageError e) {
      decisions.close();
      jars.awaitEnd(END_OF_CHECK);
      if (jars.areOld()) {
        throw new OldJarException(e);
      }
      throw e;
    } catch (ServletException | RuntimeException | Error e) {
      decisions.close();
      jars.awaitEnd(END_OF_CHECK);
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
      StoreOpener opener,
      RequiredJars jars,
      Statistics statistics) {
    JsonProviders.applicationWorks();
    LOG.info("The Kameleoon visitor filter works with {}", parameters.summary());

    TimeLimitedStore store = opener.open(settings.store(), statistics.store());
    try {
      Duration tableWait = opener.tableWait();
      return open(
          parameters,
          settings,
          context,
          users,
          consent,
          decisions,
          store,
          tableWait,
          jars,
          statistics);
    } catch (RuntimeException | Error e) {
      // For example, a listener of the application for context attributes threw.
      try {
        unpublish(context);
      } catch (RuntimeException | Error again) {
        e.addSuppressed(again);
      } finally {
        store.close();
      }
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
      TimeLimitedStore store,
      Duration tableWait,
      RequiredJars jars,
      Statistics statistics) {
    if (settings.page().observes()) {
      LOG.warn(
          "mode=observe: the Kameleoon visitor filter only counts what it would do. It writes no"
              + " cookie, makes no link and sends no event, and every feature is off. Remove the"
              + " setting to begin.");
    }
    String previewSecret = settings.preview().secret();
    PreviewTokens tokens =
        previewSecret == null ? null : new PreviewTokens(previewSecret, Clock.systemUTC());
    FilterParts parts =
        new PartsBuilder(settings, decisions, store, statistics)
            .parts(users, consent, tokens, context.getContextPath());
    publish(context, parts.service(), decisions);
    StatusSource status =
        new StatusSource(
            parameters.ownerName(),
            context.getContextPath(),
            parameters.inEffect(),
            parts,
            statistics,
            tokens);
    String path = context.getContextPath().isEmpty() ? "/" : context.getContextPath();
    String name = parameters.ownerName();
    ManagementBean bean = ManagementBean.register(path, name, statistics, decisions);
    try {
      Meters meters = Meters.register(path, name, statistics, decisions);
      return new Wiring(context, parts, status, store, jars, tableWait, bean, meters);
    } catch (RuntimeException | Error e) {
      bean.close();
      throw e;
    }
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

  private static void unpublish(ServletContext context) {
    context.removeAttribute(VisitorService.ATTRIBUTE);
    context.removeAttribute(KameleoonVisitorFilter.SENT_LINES_ATTRIBUTE);
  }

  FilterParts parts() {
    return parts;
  }

  /** Returns what the status servlet shows. */
  StatusSource status() {
    return status;
  }

  /**
   * Notes that the application has handled a request. The first one shows that the application has
   * started. Does not throw.
   */
  void requestEnded() {
    if (!requested.get() && requested.compareAndSet(false, true)) {
      store.firstRequestEnded(tableWait);
    }
  }

  /**
   * Delivers pending events within a bounded time, then stops all threads and deregisters drivers.
   */
  void close() {
    meters.close();
    bean.close();
    try {
      unpublish(context);
    } finally {
      try {
        parts.decisions().close();
      } finally {
        store.close();
        jars.awaitEnd(END_OF_CHECK);
      }
    }
  }

  private static KameleoonDecisionProvider decisions(
      Parameters parameters, Settings settings, RequiredJars jars, PlatformCounts counts)
      throws ServletException {
    PlatformSettings platform = settings.platform();
    try {
      platform.requireSource();
      return JsonProviders.sdkWorks()
          ? SdkStart.open(platform, settings.facts().forProvider(), jars, counts)
          : SdkStart.neverReady(platform, counts);
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
            : ApplicationClass.instance(
                parameters, "consentResolver", resolver, ConsentResolver.class),
        agreement.cookieName(),
        agreement.cookieValue());
  }
}
