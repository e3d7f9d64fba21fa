package io.github.kameleoonservlet.servlet;

import io.github.kameleoonservlet.UserIdResolver;
import io.github.kameleoonservlet.identity.VisitorCode;
import io.github.kameleoonservlet.identity.VisitorCodeStore;
import io.github.kameleoonservlet.internal.config.Settings;
import io.github.kameleoonservlet.internal.decision.DecisionProvider;
import io.github.kameleoonservlet.internal.http.ApplicationSdk;
import io.github.kameleoonservlet.internal.http.Origin;
import io.github.kameleoonservlet.internal.http.VisitorCookieWriter;
import io.github.kameleoonservlet.internal.monitor.OutcomeMonitor;
import io.github.kameleoonservlet.internal.preview.PreviewTokens;
import io.github.kameleoonservlet.internal.reconcile.ObservedStore;
import io.github.kameleoonservlet.internal.reconcile.Reconciler;
import io.github.kameleoonservlet.internal.reconcile.UserKeys;
import io.github.kameleoonservlet.internal.reconcile.UserLinks;
import io.github.kameleoonservlet.internal.reconcile.VisitorResolver;
import io.github.kameleoonservlet.internal.source.AccessRule;
import io.github.kameleoonservlet.internal.statistics.Statistics;
import io.github.kameleoonservlet.internal.visitor.AsyncSupport;
import io.github.kameleoonservlet.internal.visitor.BrowserFactsCache;
import io.github.kameleoonservlet.internal.visitor.ClaimsReader;
import io.github.kameleoonservlet.internal.visitor.ConsentReader;
import io.github.kameleoonservlet.internal.visitor.FilterParts;
import io.github.kameleoonservlet.internal.visitor.PreviewLinks;
import io.github.kameleoonservlet.internal.visitor.PreviewReader;
import io.github.kameleoonservlet.internal.visitor.StoredUsers;
import java.security.SecureRandom;
import org.jspecify.annotations.Nullable;

/**
 * The builder of the parts that requests use. Starts no thread and opens nothing, so that nothing
 * needs to be closed.
 */
final class PartsBuilder {

  private final Settings settings;
  private final DecisionProvider decisions;
  private final VisitorCodeStore store;
  private final Statistics statistics;

  PartsBuilder(
      Settings settings,
      DecisionProvider decisions,
      VisitorCodeStore store,
      Statistics statistics) {
    this.settings = settings;
    this.decisions = decisions;
    this.store = store;
    this.statistics = statistics;
  }

  /**
   * Returns the parts.
   *
   * @param tokens null without the setting {@code previewSecret}
   * @param contextPath the path of the web application; empty for the root
   */
  FilterParts parts(
      UserIdResolver users,
      ConsentReader consent,
      @Nullable PreviewTokens tokens,
      String contextPath) {
    statistics.decisions().existing(feature -> decisions.featureKeys().contains(feature));
    Settings.User user = settings.user();
    Settings.Page page = settings.page();
    Origin origin = page.publicOrigin();
    UserLinks links = new UserLinks(store);
    UserKeys keys = new UserKeys(user.notUsers(), user.secret(), user.previousSecret());
    VisitorCookieWriter cookies =
        new VisitorCookieWriter(
            page.topLevelDomains(),
            page.cookieAlwaysSecure() || (origin != null && origin.isSecure()),
            page.cookieSameSite());
    return new FilterParts(
        resolver(links),
        new StoredUsers(keys, links, new PreviewLinks(tokens, origin, contextPath, decisions)),
        decisions,
        new ClaimsReader(keys, users, consent),
        consent,
        origin,
        cookies,
        page.exclude(),
        user.renewAfterSignOut(),
        page.featureKey(),
        settings.facts(),
        new BrowserFactsCache(),
        new AsyncSupport(),
        new ApplicationSdk(),
        statistics,
        previews(tokens, cookies),
        page.observes());
  }

  private VisitorResolver resolver(UserLinks links) {
    SecureRandom random = new SecureRandom();
    boolean observes = settings.page().observes();
    Reconciler reconciler = new Reconciler(() -> VisitorCode.random(random));
    OutcomeMonitor monitor = new OutcomeMonitor(statistics.warnings(), observes);
    return observes
        ? VisitorResolver.hiding(reconciler, new UserLinks(new ObservedStore(store)), monitor)
        : new VisitorResolver(reconciler, links, monitor);
  }

  private @Nullable PreviewReader previews(
      @Nullable PreviewTokens tokens, VisitorCookieWriter cookies) {
    AccessRule simulationFor = settings.preview().simulationFor();
    return tokens == null && simulationFor == null
        ? null
        : new PreviewReader(tokens, simulationFor, cookies, statistics.previews());
  }
}
