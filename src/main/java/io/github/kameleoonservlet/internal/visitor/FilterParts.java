package io.github.kameleoonservlet.internal.visitor;

import io.github.kameleoonservlet.VisitorService;
import io.github.kameleoonservlet.internal.decision.DecisionProvider;
import io.github.kameleoonservlet.internal.http.ApplicationSdk;
import io.github.kameleoonservlet.internal.http.Origin;
import io.github.kameleoonservlet.internal.http.PathPatterns;
import io.github.kameleoonservlet.internal.http.VisitorCookieWriter;
import io.github.kameleoonservlet.internal.reconcile.VisitorResolver;
import io.github.kameleoonservlet.internal.source.FactSettings;
import io.github.kameleoonservlet.internal.statistics.Statistics;
import org.jspecify.annotations.Nullable;

/**
 * The parts that the filter works with. Immutable; every part is thread-safe.
 *
 * @param resolver decides codes
 * @param service erases links
 * @param decisions decides variations
 * @param claims reads what requests claim
 * @param consent reads the visitor's consent
 * @param publicOrigin the origin that browsers reach, or null
 * @param cookie writes the cookie
 * @param excluded paths without cookie and response wrapper
 * @param renewAfterSignOut whether a browser gets a new code when its user signs out
 * @param featureKey the feature of the attribute {@code kameleoonVariation}, or null
 * @param facts the settings for the data that decisions take from a request
 * @param browsers classifies browsers
 * @param async logs that asynchronous processing is not supported
 * @param applicationSdk detects code of the application that calls the SDK
 * @param statistics counts requests and decisions
 * @param previews reads previews; null if no setting allows them
 * @param observes whether the filter only observes, and changes neither request nor response
 */
public record FilterParts(
    VisitorResolver resolver,
    VisitorService service,
    DecisionProvider decisions,
    ClaimsReader claims,
    ConsentReader consent,
    @Nullable Origin publicOrigin,
    VisitorCookieWriter cookie,
    PathPatterns excluded,
    boolean renewAfterSignOut,
    @Nullable String featureKey,
    FactSettings facts,
    BrowserFactsCache browsers,
    AsyncSupport async,
    ApplicationSdk applicationSdk,
    Statistics statistics,
    @Nullable PreviewReader previews,
    boolean observes) {}
