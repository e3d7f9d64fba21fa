package io.github.kameleoonservlet.internal.visitor;

import io.github.kameleoonservlet.decision.Explanation;
import io.github.kameleoonservlet.identity.VisitorCode;
import io.github.kameleoonservlet.internal.decision.DecisionProvider;
import io.github.kameleoonservlet.internal.http.IncomingRequest;
import io.github.kameleoonservlet.internal.targeting.RequestFacts;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The question of an operator why a visitor has the variations of all features. Resolves no
 * visitor, writes no cookie, and tracks and keeps nothing. Belongs to one request; not thread-safe.
 */
public final class OperatorQuestion {

  private final DecisionProvider decisions;
  private final IncomingRequest request;
  private final PageFacts facts;

  /** Creates a question for the operator's request. */
  public OperatorQuestion(FilterParts parts, HttpServletRequest request) {
    this.decisions = parts.decisions();
    this.request = new IncomingRequest(request, parts.publicOrigin(), true);
    this.facts = new PageFacts(parts, this.request);
  }

  /** Returns whether a page of another site sent the request. */
  public boolean isFromAnotherSite() {
    return request.kind().isFromAnotherSite();
  }

  /**
   * Returns the value of a cookie of the operator's browser; empty if there are none or several.
   */
  public Optional<String> cookie(String name) {
    List<String> values = request.cookies().values(name);
    return values.size() == 1 ? Optional.of(values.get(0)) : Optional.empty();
  }

  /**
   * Returns the origin of this application, such as {@code https://shop.example}, as the operator's
   * browser sees it.
   */
  public String origin() {
    return request.kind().origin().text();
  }

  /** Returns the code that the operator's browser sends. */
  public Optional<VisitorCode> ownCode() {
    return request.cookies().visitorCodes().stream().findFirst();
  }

  /** Returns the URL in a text; null if the text is no URL of the same site. */
  public @Nullable String pageUrl(String text) {
    return facts.siteUrl(text);
  }

  /**
   * Returns an explanation for each feature, in the order of the keys. Browser, place, cookies and
   * custom data are those of the operator's request.
   *
   * @param pageUrl the page for conditions; null for no page
   */
  public List<Explanation> explain(VisitorCode code, @Nullable String pageUrl) {
    RequestFacts asked = new OperatorFacts(facts, pageUrl);
    return new TreeSet<>(decisions.featureKeys())
        .stream().map(key -> decisions.explain(code, key, asked)).toList();
  }
}
