package io.github.kameleoonservlet.internal.visitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kameleoonservlet.Visitor;
import io.github.kameleoonservlet.decision.Reason;
import io.github.kameleoonservlet.internal.config.Parameters;
import io.github.kameleoonservlet.internal.config.Settings;
import io.github.kameleoonservlet.internal.http.Origin;
import io.github.kameleoonservlet.internal.targeting.BrowserFacts;
import io.github.kameleoonservlet.internal.targeting.BrowserType;
import io.github.kameleoonservlet.internal.targeting.DeviceType;
import io.github.kameleoonservlet.internal.targeting.OperatingSystem;
import io.github.kameleoonservlet.internal.targeting.RequestFacts;
import io.github.kameleoonservlet.servlet.TestShop;
import io.github.kameleoonservlet.servlet.TestShop.Page;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockFilterConfig;
import org.springframework.mock.web.MockHttpServletRequest;

/** Tests the facts of a request for its decisions. */
class PageFactsTest {

  private final TestShop shop = new TestShop();
  private final TestShop.Browser browser = shop.new Browser();
  private final MockHttpServletRequest request = browser.navigation();

  PageFactsTest() {
    request.setServerName("shop.example");
    request.setRequestURI("/cart");
  }

  private RequestFacts factsOf(Page page) {
    browser.send(request, page);
    return shop.decisions.lastFacts;
  }

  private RequestFacts facts() {
    return factsOf(Page.reading(visitor -> visitor.variation("banner")));
  }

  private void set(String name, String value) throws Exception {
    MockFilterConfig filter = new MockFilterConfig("visitor");
    filter.addInitParameter(name, value);
    shop.facts = Settings.read(new Parameters(filter, unset -> null)).facts();
  }

  /**
   * The web SDK also ignores client hints. The library ignores geolocation headers without a
   * setting.
   */
  @Test
  void clientHintsAndCountryHeaders_noSetting_areIgnored() {
    MockHttpServletRequest navigation = browser.navigation();
    navigation.removeHeader("User-Agent");
    navigation.addHeader(
        "User-Agent", "Mozilla/5.0 (X11; Linux x86_64) Chrome/140.0 Safari/537.36");
    navigation.addHeader("Sec-CH-UA", "\"Firefox\";v=\"99\"");
    navigation.addHeader("Sec-CH-UA-Mobile", "?1");
    navigation.addHeader("Sec-CH-UA-Platform", "\"Android\"");
    navigation.addHeader("CF-IPCountry", "FR");
    navigation.addHeader("CloudFront-Viewer-Country", "FR");
    browser.send(navigation, Page.reading(visitor -> visitor.variation("banner")));

    assertThat(shop.decisions.lastFacts.browser())
        .isEqualTo(
            new BrowserFacts(BrowserType.CHROME, 140f, OperatingSystem.LINUX, DeviceType.DESKTOP));
    assertThat(shop.decisions.lastFacts.geolocation()).isNull();
  }

  // ---- all calls that decide

  @Test
  void decision_anyRead_hasFacts() {
    shop.featureKey = "banner";
    request.setQueryString("a=b");
    List<String> urls = new ArrayList<>();
    List<Page> reads =
        List.of(
            Page.reading(visitor -> visitor.variation("banner")),
            Page.reading(visitor -> visitor.getVariations().get("banner")),
            Page.reading(visitor -> visitor.getVariation().getKey()),
            Page.reading(visitor -> visitor.explain("banner")));
    for (Page read : reads) {
      MockHttpServletRequest navigation = browser.navigation();
      navigation.setServerName("shop.example");
      navigation.setRequestURI("/page-" + urls.size());
      browser.send(navigation, read);
      urls.add(shop.decisions.lastFacts.pageUrl());
    }

    assertThat(urls)
        .containsExactly(
            "http://shop.example/page-0",
            "http://shop.example/page-1",
            "http://shop.example/page-2",
            "http://shop.example/page-3");
  }

  @Test
  void facts_absentFromRequest_areMissing() {
    RequestFacts facts = facts();

    assertThat(facts.previousPage()).isNull();
    assertThat(facts.pageTitle()).isNull();
    assertThat(facts.geolocation()).isNull();
    assertThat(facts.customData()).isEmpty();
    assertThat(facts.addedCustomData()).isEmpty();
  }

  // ---- page

  @Test
  void pageUrl_changedByContainer_isUrlOfBrowser() {
    request.setQueryString("a=b");

    RequestFacts facts =
        factsOf(
            (asked, response) -> {
              // Undertow changes its request like this in a forward.
              request.setRequestURI("/WEB-INF/cart.jsp");
              request.setQueryString(null);
              ((Visitor) asked.getAttribute(Visitor.ATTRIBUTE)).variation("banner");
            });

    assertThat(facts.pageUrl()).isEqualTo("http://shop.example/cart?a=b");
  }

  @Test
  void pageUrl_publicOrigin_startsWithThatOrigin() {
    shop.publicOrigin = Origin.parse("https://www.shop.example");

    assertThat(facts().pageUrl()).isEqualTo("https://www.shop.example/cart");
  }

  @Test
  void pageUrl_sessionCookieRenamed_hasNoSessionId() {
    request.getServletContext().getSessionCookieConfig().setName("SHOPID");
    request.setRequestURI("/cart;SHOPID=0A1B");

    assertThat(facts().pageUrl()).isEqualTo("http://shop.example/cart");
  }

  // ---- previous page

  @ParameterizedTest
  @CsvSource({
    "http://shop.example/list?a=b#c, http://shop.example/list?a=b",
    "https://shop.example/list, https://shop.example/list",
    "http://shop.example/cart?a=b, http://shop.example/cart?a=b",
    "http://shop.example/list;jsessionid=1, http://shop.example/list"
  })
  void previousPage_ofSameSite_isReferer(String referer, String previous) {
    request.addHeader("Referer", referer);

    assertThat(facts().previousPage()).isEqualTo(previous);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://shop.example/cart",
        "http://shop.example/cart#items",
        "https://shop.example/cart",
        "http://www.shop.example/list",
        "http://shop.example:8080/list",
        "http://elsewhere/list",
        "/list",
        "shop.example",
        "http://shop.example/a b",
        "%00",
        "http://shop.example@elsewhere/"
      })
  void previousPage_otherSiteMalformedOrSamePage_isMissing(String referer) {
    request.addHeader("Referer", referer);

    assertThat(facts().previousPage()).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "https://www.shop.example/list, https://www.shop.example/list",
    "http://shop.example/list, "
  })
  void previousPage_publicOrigin_definesSite(String referer, String previous) {
    shop.publicOrigin = Origin.parse("https://www.shop.example");
    request.addHeader("Referer", referer);

    assertThat(facts().previousPage()).isEqualTo(previous);
  }

  // ---- browser

  @Test
  void browser_severalUserAgents_usesFirst() {
    request.addHeader("User-Agent", "Mozilla/5.0 (Windows NT 10.0) Gecko/20100101 Firefox/131.0");
    request.addHeader("User-Agent", "curl/8.5.0");

    assertThat(facts().browser())
        .isEqualTo(
            new BrowserFacts(
                BrowserType.FIREFOX, 131f, OperatingSystem.WINDOWS, DeviceType.DESKTOP));
  }

  @Test
  void browser_withoutUserAgent_isUnknown() {
    assertThat(facts().browser()).isEqualTo(BrowserFacts.UNKNOWN);
  }

  // ---- cookies

  @Test
  void cookies_visibleToScripts_areReadWithoutSessionCookies() {
    request.getServletContext().getSessionCookieConfig().setName("SHOPID");
    request.addHeader("Cookie", "plan=\"pro\"; SHOPID=0A1B");
    request.addHeader("Cookie", "plan=old; JSESSIONID=another");

    assertThat(facts().cookies()).isEqualTo(Map.of("plan", "\"pro\"", "JSESSIONID", "another"));
  }

  @Test
  void cookies_ofDefaultSession_areHidden() {
    request.addHeader("Cookie", "JSESSIONID=0A1B; plan=pro");

    assertThat(facts().cookies()).isEqualTo(Map.of("plan", "pro"));
  }

  // ---- title

  @Test
  void pageTitle_setByApplication_isUsedByLaterReads() {
    List<String> titles = new ArrayList<>();
    factsOf(
        Page.reading(
            visitor -> {
              visitor.setPageTitle("Cart");
              visitor.variation("banner");
              titles.add(shop.decisions.lastFacts.pageTitle());
              visitor.setPageTitle(null);
              visitor.variation("other");
              titles.add(shop.decisions.lastFacts.pageTitle());
            }));

    assertThat(titles).containsExactly("Cart", null);
  }

  @Test
  void pageTitle_ofSetting_isReadAtEachDecision() throws Exception {
    set("pageTitle", "request:title");
    List<String> titles = new ArrayList<>();
    factsOf(
        (asked, response) -> {
          Visitor visitor = (Visitor) asked.getAttribute(Visitor.ATTRIBUTE);
          visitor.variation("banner");
          titles.add(shop.decisions.lastFacts.pageTitle());
          asked.setAttribute("title", "Cart");
          visitor.variation("other");
          titles.add(shop.decisions.lastFacts.pageTitle());
          visitor.setPageTitle("Better");
          visitor.variation("third");
          titles.add(shop.decisions.lastFacts.pageTitle());
        });

    assertThat(titles).containsExactly(null, "Cart", "Better");
  }

  // ---- custom data

  @Test
  void customData_changedDuringRequest_areUsedByLaterReads() throws Exception {
    set("customData.3", "request:tier");
    List<Map<String, List<String>>> data = new ArrayList<>();
    factsOf(
        (asked, response) -> {
          Visitor visitor = (Visitor) asked.getAttribute(Visitor.ATTRIBUTE);
          visitor.variation("banner");
          data.add(shop.decisions.lastFacts.customData());
          asked.setAttribute("tier", "gold");
          visitor.variation("other");
          data.add(shop.decisions.lastFacts.customData());
        });

    assertThat(data).containsExactly(Map.of(), Map.of("3", List.of("gold")));
  }

  @Test
  void addedCustomData_beforeRead_areUsedAndSent() {
    RequestFacts facts =
        factsOf(
            Page.reading(
                visitor -> {
                  visitor.addCustomData(3, "old");
                  visitor.addCustomData(3, "gold", null, "silver");
                  visitor.addCustomData(4);
                  visitor.variation("banner");
                }));

    assertThat(facts.addedCustomData()).isEqualTo(Map.of(3, List.of("gold", "silver")));
    assertThat(shop.decisions.calls).contains("data new-1 3 [gold, silver]");
  }

  @Test
  void addedCustomData_requestOnlyVisitor_areDropped() {
    MockHttpServletRequest prefetch = browser.navigation();
    prefetch.addHeader("Sec-Purpose", "prefetch");
    browser.send(prefetch, Page.reading(visitor -> visitor.addCustomData(3, "gold")));

    assertThat(shop.decisions.calls).isEmpty();
  }

  @Test
  void addedCustomData_nextVisitor_areNotUsed() {
    shop.renewAfterSignOut = true;
    browser.user = "user-1";
    RequestFacts facts =
        factsOf(
            Page.reading(
                visitor -> {
                  visitor.addCustomData(3, "gold");
                  visitor.signOut();
                  visitor.variation("banner");
                }));

    assertThat(shop.decisions.calls).contains("data new-1 3 [gold]", "decide new-2 banner exposed");
    assertThat(facts.addedCustomData()).isEmpty();
  }

  @Test
  void decidedFeature_dataAddedLater_keepsVariation() {
    factsOf(
        Page.reading(
            visitor -> {
              visitor.variation("banner");
              visitor.addCustomData(3, "gold");
              visitor.variation("banner");
            }));

    assertThat(shop.decisions.calls).filteredOn(call -> call.startsWith("decide")).hasSize(1);
  }

  // ---- explain

  @Test
  void explain_anyFeature_tracksNoExposureAndMakesResponsePrivate() {
    browser.open(Page.reading(Visitor::getCode));
    shop.decisions.calls.clear();

    String cacheControl =
        browser
            .send(browser.background("GET"), Page.reading(visitor -> visitor.explain("banner")))
            .getHeader("Cache-Control");

    assertThat(cacheControl).isEqualTo("private");
    assertThat(shop.decisions.calls).containsExactly("explain new-1 banner");
  }

  @ParameterizedTest
  @NullAndEmptySource
  void explain_withoutFeatureKey_isOff(String featureKey) {
    browser.open(
        Page.reading(
            visitor ->
                assertThat(visitor.explain(featureKey).getVariation().getReason())
                    .isEqualTo(Reason.NOT_FOUND)));
  }

  @Test
  void explain_requestOnlyVisitorOrAfterRequest_isUnresolved() {
    request.addHeader("Sec-Purpose", "prefetch");
    AtomicReference<Visitor> kept = new AtomicReference<>();
    browser.send(
        request,
        Page.reading(
            visitor -> {
              kept.set(visitor);
              assertThat(visitor.explain("banner").getVariation().getReason())
                  .isEqualTo(Reason.UNRESOLVED);
            }));
    browser.open(Page.reading(kept::set));

    assertThat(kept.get().explain("banner").getVariation().getReason())
        .isEqualTo(Reason.UNRESOLVED);
    assertThat(shop.decisions.calls).noneMatch(call -> call.startsWith("explain"));
  }

  @Test
  void explainable_settingNamesRole_isTrueForUsersOfRole() throws Exception {
    set("explainFor", "tester");
    List<Boolean> explainable = new ArrayList<>();
    browser.send(request, Page.reading(visitor -> explainable.add(visitor.isExplainable())));
    MockHttpServletRequest testers = browser.navigation();
    testers.addUserRole("tester");
    browser.send(testers, Page.reading(visitor -> explainable.add(visitor.isExplainable())));

    assertThat(explainable).containsExactly(false, true);
  }

  /**
   * A shared cache may keep a public response that was committed before the page read the visitor.
   */
  @Test
  void explainable_publicResponseCommittedBefore_isFalse() throws Exception {
    set("explainFor", "everybody");
    List<Boolean> explainable = new ArrayList<>();
    browser.send(
        request,
        (served, response) -> {
          response.setContentType("application/json");
          response.setHeader("Cache-Control", "public, max-age=600");
          response.flushBuffer();
          explainable.add(visitorOf(served).isExplainable());
        });
    browser.send(
        browser.navigation(),
        (served, response) -> {
          visitorOf(served).getCode();
          response.flushBuffer();
          explainable.add(visitorOf(served).isExplainable());
        });

    assertThat(explainable).containsExactly(false, true);
  }

  private static Visitor visitorOf(HttpServletRequest served) {
    return (Visitor) served.getAttribute(Visitor.ATTRIBUTE);
  }

  @Test
  void isPageView_navigationWithTrackingSetting_isTrue() throws Exception {
    assertThat(facts().isPageView()).as("no setting").isFalse();
    set("trackPageViews", "true");
    assertThat(shop.new Browser().send(shop.new Browser().navigation(), page())).isNotNull();
    assertThat(shop.decisions.lastFacts.isPageView()).as("trackPageViews").isTrue();
    set("remoteVisitorData", "true");
    browser.send(browser.navigation(), page());
    assertThat(shop.decisions.lastFacts.isPageView()).as("remoteVisitorData").isTrue();
    MockHttpServletRequest fetched = browser.navigation();
    fetched.removeHeader("Sec-Fetch-Mode");
    fetched.addHeader("Sec-Fetch-Mode", "cors");
    browser.send(fetched, page());
    assertThat(shop.decisions.lastFacts.isPageView()).as("no navigation").isFalse();
  }

  private static Page page() {
    return Page.reading(visitor -> visitor.variation("banner"));
  }
}
