package io.github.kameleoonservlet.internal.visitor;

import io.github.kameleoonservlet.VisitorService;
import io.github.kameleoonservlet.internal.config.FactSettings;
import io.github.kameleoonservlet.internal.decision.DecisionProvider;
import io.github.kameleoonservlet.internal.http.BrowserRequest;
import io.github.kameleoonservlet.internal.http.PathPatterns;
import io.github.kameleoonservlet.internal.http.VisitorCookie;
import io.github.kameleoonservlet.internal.reconcile.VisitorResolver;
import org.jspecify.annotations.Nullable;

/**
 * What the filter works with, wired.
 *
 * @param resolver decides codes
 * @param service erases
 * @param decisions decides variations
 * @param claims reads requests
 * @param consent reads the visitor's consent
 * @param browser tells kinds of requests
 * @param cookie formats the cookie
 * @param excluded paths that get no cookie
 * @param renewAfterSignOut whether a browser gets a new code when its user signs out
 * @param featureKey the feature of the attribute {@code kameleoonVariation}, or null
 * @param facts the settings for the data that decisions take from a request
 * @param browsers classifies browsers
 */
public record FilterParts(
    VisitorResolver resolver,
    VisitorService service,
    DecisionProvider decisions,
    ClaimsReader claims,
    ConsentReader consent,
    BrowserRequest browser,
    VisitorCookie cookie,
    PathPatterns excluded,
    boolean renewAfterSignOut,
    @Nullable String featureKey,
    FactSettings facts,
    BrowserFactsCache browsers) {}
