package io.github.kameleoonservlet.targeting;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Facts that a test sets. */
public record TestFacts(
    @Nullable String pageUrl,
    @Nullable String previousPage,
    @Nullable String pageTitle,
    BrowserFacts browser,
    Map<String, String> cookies,
    @Nullable Geolocation geolocation,
    Map<String, List<String>> customData,
    Map<Integer, List<String>> addedCustomData,
    boolean isPageView)
    implements RequestFacts {

  /** The facts of a request without data. */
  public static final TestFacts NONE =
      new TestFacts(
          null, null, null, BrowserFacts.UNKNOWN, Map.of(), null, Map.of(), Map.of(), false);

  public TestFacts withPage(String url) {
    return new TestFacts(
        url,
        previousPage,
        pageTitle,
        browser,
        cookies,
        geolocation,
        customData,
        addedCustomData,
        isPageView);
  }

  public TestFacts withPreviousPage(String url) {
    return new TestFacts(
        pageUrl,
        url,
        pageTitle,
        browser,
        cookies,
        geolocation,
        customData,
        addedCustomData,
        isPageView);
  }

  public TestFacts withTitle(String title) {
    return new TestFacts(
        pageUrl,
        previousPage,
        title,
        browser,
        cookies,
        geolocation,
        customData,
        addedCustomData,
        isPageView);
  }

  public TestFacts withBrowser(
      BrowserType type, Float version, OperatingSystem system, DeviceType device) {
    return new TestFacts(
        pageUrl,
        previousPage,
        pageTitle,
        new BrowserFacts(type, version, system, device),
        cookies,
        geolocation,
        customData,
        addedCustomData,
        isPageView);
  }

  public TestFacts withCookies(Map<String, String> sent) {
    return new TestFacts(
        pageUrl,
        previousPage,
        pageTitle,
        browser,
        sent,
        geolocation,
        customData,
        addedCustomData,
        isPageView);
  }

  public TestFacts withPlace(String country, @Nullable String region, @Nullable String city) {
    return new TestFacts(
        pageUrl,
        previousPage,
        pageTitle,
        browser,
        cookies,
        new Geolocation(country, region, city),
        customData,
        addedCustomData,
        isPageView);
  }

  public TestFacts withCustomData(Map<String, List<String>> configured) {
    return new TestFacts(
        pageUrl,
        previousPage,
        pageTitle,
        browser,
        cookies,
        geolocation,
        configured,
        addedCustomData,
        isPageView);
  }

  public TestFacts withAddedCustomData(Map<Integer, List<String>> added) {
    return new TestFacts(
        pageUrl,
        previousPage,
        pageTitle,
        browser,
        cookies,
        geolocation,
        customData,
        added,
        isPageView);
  }

  public TestFacts asPageView() {
    return new TestFacts(
        pageUrl,
        previousPage,
        pageTitle,
        browser,
        cookies,
        geolocation,
        customData,
        addedCustomData,
        true);
  }
}
