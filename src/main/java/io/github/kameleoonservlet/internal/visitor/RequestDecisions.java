package io.github.kameleoonservlet.internal.visitor;

import io.github.kameleoonservlet.decision.Explanation;
import io.github.kameleoonservlet.decision.Reason;
import io.github.kameleoonservlet.decision.Variation;
import io.github.kameleoonservlet.identity.Outcome;
import io.github.kameleoonservlet.identity.VisitorCode;
import io.github.kameleoonservlet.internal.decision.ExplainedFeature;
import io.github.kameleoonservlet.internal.http.IncomingRequest;
import io.github.kameleoonservlet.internal.reconcile.Reconciliation;
import io.github.kameleoonservlet.internal.targeting.RequestFacts;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The decisions of one request, each made once for each visitor of the request. Every method gets
 * the visitor as of the call.
 *
 * <p>Not thread-safe: {@link RequestScope} calls every method under its lock.
 */
final class RequestDecisions {

  private final FilterParts parts;
  private final IncomingRequest request;
  private final PageFacts page;
  private final @Nullable RequestPreview preview;

  /** Empty until a page reads a variation, because most requests read no variation. */
  private Map<String, Variation> decided = Map.of();

  private @Nullable Reconciliation decidedFor;
  private @Nullable VisitorCode addedFor;
  private RequestFacts facts;

  RequestDecisions(FilterParts parts, IncomingRequest request, @Nullable RequestPreview preview) {
    this.preview = preview;
    this.parts = parts;
    this.request = request;
    this.page = new PageFacts(parts, request);
    this.facts = page;
  }

  /**
   * Returns the variation that the visitor has read before; otherwise decides the feature with its
   * exposure, or returns {@code off} after the end of the request.
   */
  Variation decideOnce(Reconciliation now, String featureKey) {
    forgetOthers(now);
    Variation known = decided.get(featureKey);
    if (known != null) {
      return known;
    }
    if (request.isOver()) {
      return Variation.off(featureKey, Reason.UNRESOLVED);
    }
    Variation fresh = decide(now, featureKey, true);
    if (decided.isEmpty()) {
      // Most pages read few variations.
      decided = new LinkedHashMap<>(4);
    }
    decided.put(featureKey, fresh);
    return fresh;
  }

  /**
   * Decides a feature without regard to earlier decisions.
   *
   * @param exposure whether the visitor will see the variation; without effect when the request is
   *     passive
   */
  Variation decide(Reconciliation now, String featureKey, boolean exposure) {
    Reconciliation hidden = now.observed();
    if (hidden != null) {
      return observed(hidden, featureKey);
    }
    Variation fresh = fresh(now, featureKey, exposure);
    parts.statistics().decided(fresh);
    return fresh;
  }

  private Variation fresh(Reconciliation now, String featureKey, boolean exposure) {
    Variation previewed = previewed(featureKey);
    if (previewed != null) {
      return previewed;
    }
    if (now.outcome().isRequestOnly()) {
      return undecided(featureKey, now);
    }
    boolean tracked = exposure && now.exposure() && !sendsNothing();
    return parts.decisions().decide(now.code(), featureKey, tracked, factsOf(now.code()));
  }

  /** Returns the variation that a preview shows, independent of the visitor; otherwise null. */
  private @Nullable Variation previewed(String featureKey) {
    return preview == null ? null : preview.variation(featureKey).orElse(null);
  }

  /** Returns whether the browser sees a preview, so that the library sends nothing. */
  private boolean sendsNothing() {
    return preview != null && preview.isActive();
  }

  /** Decides a feature for the counts, and returns {@code off}. */
  private Variation observed(Reconciliation hidden, String featureKey) {
    Reason reason = decide(hidden, featureKey, false).getReason();
    boolean decided = reason == Reason.ASSIGNED || reason == Reason.DEFAULT;
    return Variation.off(featureKey, decided ? Reason.OBSERVED : reason);
  }

  /** Returns why {@link #decide} decides as it does; tracks and keeps nothing. */
  Explanation explain(Reconciliation now, String featureKey) {
    Variation previewed = previewed(featureKey);
    if (previewed != null) {
      return ExplainedFeature.withoutRules(previewed);
    }
    if (now.outcome().isRequestOnly() || request.isOver()) {
      return ExplainedFeature.withoutRules(undecided(featureKey, now));
    }
    return parts.decisions().explain(now.code(), featureKey, factsOf(now.code()));
  }

  private static Variation undecided(String featureKey, Reconciliation now) {
    return Variation.off(
        featureKey, now.outcome() == Outcome.WITHHELD ? Reason.WITHHELD : Reason.UNRESOLVED);
  }

  /** Returns the facts for a visitor; after the end of the request, which is unreadable, none. */
  private RequestFacts factsOf(VisitorCode code) {
    if (request.isOver()) {
      return RequestFacts.none();
    }
    page.readAgain();
    if (addedFor != null && !code.equals(addedFor)) {
      page.forgetAdded();
    }
    return facts;
  }

  /** Sets the page and device that the body of an API call describes. */
  void describedBy(DescribedPage described) {
    facts = new DescribedFacts(page, described);
  }

  /** Sets the page's title for every later decision; null takes the title from the setting. */
  void setPageTitle(@Nullable String title) {
    page.setTitle(title);
  }

  /** Tracks the page, with the current facts. */
  void trackPage(Reconciliation now) {
    VisitorCode code = codeForEvents(now);
    if (code != null && !sendsNothing()) {
      parts.decisions().trackPage(code, factsOf(code));
    }
  }

  void trackConversion(Reconciliation now, int goalId, double revenue) {
    VisitorCode code = codeForEvents(now);
    if (code != null && !sendsNothing()) {
      parts.decisions().trackConversion(code, goalId, revenue, factsOf(code));
    }
  }

  /** Sends custom data, and uses them for every later decision of the request. */
  void addCustomData(Reconciliation now, int index, List<String> values) {
    VisitorCode code = codeForEvents(now);
    if (code != null) {
      if (!code.equals(addedFor)) {
        page.forgetAdded();
        addedFor = code;
      }
      page.addCustomData(index, values);
      if (!sendsNothing()) {
        parts.decisions().addCustomData(code, index, values, factsOf(code));
      }
    }
  }

  /** Returns the code for an event; null if no event may be sent. */
  private static @Nullable VisitorCode codeForEvents(Reconciliation now) {
    return now.outcome().isRequestOnly() ? null : now.code();
  }

  /**
   * Returns a copy of the variations decided so far, in the order of their decisions; decides
   * nothing.
   *
   * @param now null if the visitor is not resolved yet
   */
  Map<String, Variation> soFar(@Nullable Reconciliation now) {
    if (now != null) {
      forgetOthers(now);
    }
    return Collections.unmodifiableMap(new LinkedHashMap<>(decided));
  }

  /** Returns the script for the page that tracks every exposure, or an empty text. */
  String trackingCode(Reconciliation now) {
    if (sendsNothing()) {
      return "";
    }
    if (now.exposure()) {
      return parts.decisions().engineTrackingCode(now.code());
    }
    boolean shownLater =
        !request.isOver() && !request.isExcluded() && request.kind().isShownLater();
    if (now.outcome().isRequestOnly() || !shownLater) {
      return "";
    }
    forgetOthers(now);
    return PrefetchedExposures.script(decided.values());
  }

  /** Forgets what was decided for another visitor of the same request. */
  private void forgetOthers(Reconciliation now) {
    if (decidedFor == null
        || !now.code().equals(decidedFor.code())
        || now.exposure() != decidedFor.exposure()
        || now.outcome().isRequestOnly() != decidedFor.outcome().isRequestOnly()) {
      decided = Map.of();
    }
    decidedFor = now;
  }
}
