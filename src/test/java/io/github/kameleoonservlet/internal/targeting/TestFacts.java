package io.github.kameleoonservlet.internal.targeting;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Facts that a test sets. Immutable after they are returned, except for their memory. */
public final class TestFacts implements RequestFacts {

  /** The facts of a request without data. */
  public static final TestFacts NONE = new TestFacts();

  /** The facts of a phone that shows the cart. */
  public static final TestFacts PHONE_ON_CART =
      NONE.withPage("https://shop.example/cart?step=2")
          .withPreviousPage("https://shop.example/product/7")
          .withTitle("Your cart")
          .withBrowser(BrowserType.SAFARI, 17.5f, OperatingSystem.IOS, DeviceType.PHONE)
          .withCookies(Map.of("theme", "dark", "ab_1", "x"))
          .withPlace("France", "Ile-de-France", "Paris")
          .withCustomData(Map.of("1", List.of("gold")));

  private @Nullable String userAgent;
  private boolean consentGiven;
  private @Nullable String pageUrl;
  private @Nullable String previousPage;
  private @Nullable String pageTitle;
  private BrowserFacts browser = BrowserFacts.UNKNOWN;
  private Map<String, String> cookies = Map.of();
  private @Nullable Geolocation geolocation;
  private Map<String, List<String>> customData = Map.of();
  private Map<Integer, List<String>> addedCustomData = Map.of();
  private boolean pageView;
  private @Nullable Map<Object, Object> memory;

  private TestFacts() {}

  private TestFacts with(Consumer<TestFacts> change) {
    TestFacts copy = new TestFacts();
    copy.userAgent = userAgent;
    copy.consentGiven = consentGiven;
    copy.pageUrl = pageUrl;
    copy.previousPage = previousPage;
    copy.pageTitle = pageTitle;
    copy.browser = browser;
    copy.cookies = cookies;
    copy.geolocation = geolocation;
    copy.customData = customData;
    copy.addedCustomData = addedCustomData;
    copy.pageView = pageView;
    copy.memory = memory;
    change.accept(copy);
    return copy;
  }

  public TestFacts withUserAgent(String header) {
    return with(facts -> facts.userAgent = header);
  }

  public TestFacts withConsent() {
    return with(facts -> facts.consentGiven = true);
  }

  public TestFacts withPage(String url) {
    return with(facts -> facts.pageUrl = url);
  }

  public TestFacts withPreviousPage(String url) {
    return with(facts -> facts.previousPage = url);
  }

  public TestFacts withTitle(String title) {
    return with(facts -> facts.pageTitle = title);
  }

  public TestFacts withBrowser(
      BrowserType type, Float version, OperatingSystem system, DeviceType device) {
    return with(facts -> facts.browser = new BrowserFacts(type, version, system, device));
  }

  public TestFacts withCookies(Map<String, String> sent) {
    return with(facts -> facts.cookies = sent);
  }

  public TestFacts withPlace(String country, @Nullable String region, @Nullable String city) {
    return with(facts -> facts.geolocation = new Geolocation(country, region, city));
  }

  public TestFacts withCustomData(Map<String, List<String>> configured) {
    return with(facts -> facts.customData = configured);
  }

  public TestFacts withAddedCustomData(Map<Integer, List<String>> added) {
    return with(facts -> facts.addedCustomData = added);
  }

  public TestFacts asPageView() {
    return with(facts -> facts.pageView = true);
  }

  @Override
  public @Nullable String userAgent() {
    return userAgent;
  }

  @Override
  public boolean consentGiven() {
    return consentGiven;
  }

  @Override
  public @Nullable String pageUrl() {
    return pageUrl;
  }

  @Override
  public boolean isPageView() {
    return pageView;
  }

  @Override
  public @Nullable String previousPage() {
    return previousPage;
  }

  @Override
  public @Nullable String pageTitle() {
    return pageTitle;
  }

  @Override
  public BrowserFacts browser() {
    return browser;
  }

  @Override
  public Map<String, String> cookies() {
    return cookies;
  }

  @Override
  public @Nullable Geolocation geolocation() {
    return geolocation;
  }

  @Override
  public Map<String, List<String>> customData() {
    return customData;
  }

  @Override
  public Map<Integer, List<String>> addedCustomData() {
    return addedCustomData;
  }

  /** Returns the facts of one request, with a memory. */
  public TestFacts asOneRequest() {
    return with(facts -> facts.memory = new HashMap<>());
  }

  /** Returns a new empty map by default, because tests share these facts. */
  @Override
  public Map<Object, Object> memory() {
    return memory == null ? new HashMap<>() : memory;
  }
}
