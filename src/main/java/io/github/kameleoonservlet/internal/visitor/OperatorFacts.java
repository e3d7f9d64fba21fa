package io.github.kameleoonservlet.internal.visitor;

import io.github.kameleoonservlet.internal.targeting.BrowserFacts;
import org.jspecify.annotations.Nullable;

/**
 * The facts of an operator's request, which concerns the code of another visitor: the decision
 * provider must not keep User-Agent and consent of the operator for that visitor. Not thread-safe.
 */
final class OperatorFacts extends HeaderFacts {

  private final @Nullable String pageUrl;

  /**
   * Creates the facts of a request.
   *
   * @param pageUrl the page that the operator names, or null; the request itself is no page
   */
  OperatorFacts(PageFacts request, @Nullable String pageUrl) {
    super(request);
    this.pageUrl = pageUrl;
  }

  @Override
  public @Nullable String userAgent() {
    return null;
  }

  @Override
  public boolean consentGiven() {
    return false;
  }

  @Override
  public @Nullable String pageUrl() {
    return pageUrl;
  }

  @Override
  public @Nullable String previousPage() {
    return null;
  }

  @Override
  public @Nullable String pageTitle() {
    return null;
  }

  @Override
  public BrowserFacts browser() {
    return request().browser();
  }
}
