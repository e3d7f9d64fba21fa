package io.github.kameleoonservlet.internal.visitor;

import io.github.kameleoonservlet.internal.http.Origin;
import io.github.kameleoonservlet.internal.http.PageUrl;
import io.github.kameleoonservlet.internal.targeting.BrowserFacts;
import org.jspecify.annotations.Nullable;

/**
 * The facts of an API call. The page is the one that the body describes, otherwise the page that
 * sent the call; the URL of the call itself is no page. Not thread-safe.
 */
final class DescribedFacts extends HeaderFacts {

  private final DescribedPage described;

  /**
   * Creates the facts of a call.
   *
   * @param request the facts of the headers
   * @param described the facts of the body
   */
  DescribedFacts(PageFacts request, DescribedPage described) {
    super(request);
    this.described = described;
  }

  @Override
  public @Nullable String userAgent() {
    return request().userAgent();
  }

  @Override
  public boolean consentGiven() {
    return request().consentGiven();
  }

  @Override
  public @Nullable String pageUrl() {
    return described.pageUrl() == null ? request().sender() : described.pageUrl();
  }

  @Override
  public @Nullable String previousPage() {
    String referrer = described.referrer();
    String page = pageUrl();
    if (referrer == null || (page != null && PageUrl.samePage(referrer, page))) {
      return null;
    }
    return page == null ? request().siteUrl(referrer) : ofSameSite(referrer, page);
  }

  private static @Nullable String ofSameSite(String referrer, String page) {
    Origin from = PageUrl.originOf(referrer);
    Origin site = PageUrl.originOf(page);
    return from != null && site != null && from.sameSite(site) ? referrer : null;
  }

  @Override
  public @Nullable String pageTitle() {
    return described.pageTitle() == null ? request().pageTitle() : described.pageTitle();
  }

  @Override
  public BrowserFacts browser() {
    return described.over(request().browser());
  }
}
