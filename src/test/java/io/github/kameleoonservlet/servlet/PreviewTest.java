package io.github.kameleoonservlet.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kameleoonservlet.Visitor;
import io.github.kameleoonservlet.decision.Preview;
import io.github.kameleoonservlet.decision.Reason;
import io.github.kameleoonservlet.decision.Variation;
import io.github.kameleoonservlet.identity.Outcome;
import io.github.kameleoonservlet.internal.http.Origin;
import io.github.kameleoonservlet.internal.source.AccessRule;
import io.github.kameleoonservlet.internal.source.FactSettings;
import io.github.kameleoonservlet.internal.statistics.PreviewCounts.Cause;
import io.github.kameleoonservlet.servlet.TestShop.Page;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.MappingMatch;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletMapping;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

/** Tests what a preview shows, and that the library sends nothing while a preview lasts. */
class PreviewTest {

  private static final String PAGE = "http://localhost/shop?item=7";
  private static final String SIMULATION =
      "%7B%22banner%22%3A%7B%22expId%22%3A7%2C%22varId%22%3A11%7D%7D";

  private final TestShop shop = new TestShop();
  private final TestShop.Browser browser = shop.new Browser();

  @BeforeEach
  void allowPreviews() {
    shop.previewSecret = "a secret of the tests, 32 or more";
    shop.decisions.features = Set.of("banner", "hidden");
  }

  private String link(String feature, String variation) {
    return shop.service().previewLink(PAGE, feature, variation, null);
  }

  private MockHttpServletRequest request(String url) {
    MockHttpServletRequest request = browser.navigation();
    request.setQueryString(url.substring(url.indexOf('?') + 1));
    return request;
  }

  private MockHttpServletResponse follow(String url, Page page) {
    return browser.send(request(url), page);
  }

  private static Page reading(AtomicReference<Variation> read, String feature) {
    return Page.reading(visitor -> read.set(visitor.variation(feature)));
  }

  private Variation read(String feature) {
    AtomicReference<Variation> read = new AtomicReference<>();
    browser.open(reading(read, feature));
    return read.get();
  }

  private void beginPreview() {
    follow(link("hidden", "on"), Page.reading(visitor -> {}));
  }

  private long refused(Cause cause) {
    return shop.statistics.previews().snapshot().refused().get(cause);
  }

  private long refused() {
    return shop.statistics.previews().snapshot().refused().values().stream()
        .mapToLong(n -> n)
        .sum();
  }

  @Test
  void link_opened_showsVariationOnThisAndLaterPages() {
    shop.decisions.variables = Map.of("title", "Soon");
    AtomicReference<Variation> first = new AtomicReference<>();

    follow(link("hidden", "on"), reading(first, "hidden"));
    Variation later = read("hidden");

    assertThat(first.get()).isEqualTo(later);
    assertThat(later.getKey()).isEqualTo("on");
    assertThat(later.getReason()).isEqualTo(Reason.PREVIEW);
    assertThat(later.getVariables()).containsEntry("title", "Soon");
    assertThat(shop.decisions.calls).isEmpty();
    assertThat(refused()).isZero();
  }

  @Test
  void otherBrowser_seesNoPreview() {
    beginPreview();
    AtomicReference<Variation> read = new AtomicReference<>();

    shop.new Browser().open(reading(read, "hidden"));

    assertThat(read.get().getReason()).isEqualTo(Reason.NOT_FOUND);
    assertThat(shop.decisions.calls).containsExactly("decide new-2 hidden exposed");
  }

  @Test
  void preview_otherFeature_isDecidedWithoutExposure() {
    beginPreview();

    assertThat(read("banner").getReason()).isEqualTo(Reason.ASSIGNED);
    assertThat(shop.decisions.calls).containsExactly("decide new-1 banner");
  }

  @Test
  void preview_events_areNotSent() {
    shop.facts =
        new FactSettings(
            null, null, FactSettings.NONE.customData(), AccessRule.nobody(), true, true, true);
    beginPreview();

    browser.open(
        (request, response) -> {
          response.setContentType("text/html");
          Visitor visitor = (Visitor) request.getAttribute(Visitor.ATTRIBUTE);
          visitor.variation("banner");
          visitor.trackConversion(3, 12.5);
          visitor.addCustomData(2, "a");
          assertThat(visitor.getEngineTrackingCode()).isEmpty();
        });

    assertThat(shop.decisions.calls).containsExactly("decide new-1 banner");
    assertThat(shop.decisions.pages).isEmpty();
  }

  @Test
  void preview_customData_countsForLaterDecisionsOfRequest() {
    beginPreview();

    browser.open(
        Page.reading(
            visitor -> {
              visitor.addCustomData(2, "a");
              visitor.variation("banner");
              assertThat(shop.decisions.lastFacts.addedCustomData()).containsKey(2);
            }));
  }

  @Test
  void preview_prefetchedPage_hasNoTrackingCode() {
    beginPreview();
    MockHttpServletRequest prefetch = browser.navigation();
    prefetch.addHeader("Sec-Purpose", "prefetch");

    browser.send(
        prefetch,
        Page.reading(
            visitor -> {
              visitor.variation("hidden");
              assertThat(visitor.getEngineTrackingCode()).isEmpty();
            }));
  }

  @Test
  void preview_userWithoutLink_isNotLinked() {
    beginPreview();
    browser.user = "user-1";
    AtomicReference<Outcome> outcome = new AtomicReference<>();

    browser.open(
        Page.reading(
            visitor -> {
              outcome.set(visitor.getOutcome());
              assertThat(visitor.variation("hidden").getKey()).isEqualTo("on");
            }));

    assertThat(outcome.get()).isEqualTo(Outcome.UNRESOLVED);
    assertThat(shop.store.find(TestShop.key("user-1"))).isEmpty();
  }

  @Test
  void preview_userSignsInDuringRequest_isNotLinked() {
    beginPreview();

    browser.open((request, response) -> request.login("user-1", "demo"));

    assertThat(shop.store.find(TestShop.key("user-1"))).isEmpty();
  }

  @Test
  void preview_userWithLink_keepsStoredCode() {
    shop.link("user-1", "mine");
    beginPreview();
    browser.user = "user-1";

    browser.open(Page.reading(visitor -> assertThat(visitor.getCode()).isEqualTo("mine")));

    assertThat(browser.code()).isEqualTo("mine");
  }

  @Test
  void preview_anonymousVisitor_getsCode() {
    follow(link("hidden", "on"), Page.reading(Visitor::getCode));

    assertThat(browser.code()).isEqualTo("new-1");
  }

  @Test
  void preview_undeterminedUser_isShown() {
    beginPreview();
    shop.users =
        request -> {
          throw new IllegalStateException();
        };

    assertThat(read("hidden").getReason()).isEqualTo(Reason.PREVIEW);
  }

  @Test
  void link_response_isStoredByNoCache() {
    MockHttpServletResponse response =
        follow(
            link("hidden", "on"),
            (request, answer) -> {
              assertThat(answer.getHeader("Cache-Control")).isNull();
              answer.setHeader("Cache-Control", "public, max-age=60");
            });

    assertThat(response.getHeader("Cache-Control")).isEqualTo("private, no-store, max-age=60");
  }

  @Test
  void cookie_response_isStoredByNoCache() {
    beginPreview();

    assertThat(browser.open((request, response) -> {}).getHeader("Cache-Control"))
        .isEqualTo("private, no-store");
  }

  @Test
  void noPreview_response_mayBeStored() {
    assertThat(browser.open((request, response) -> {}).getHeader("Cache-Control"))
        .isNotEqualTo("private, no-store");
    assertThat(refused()).isZero();
  }

  @Test
  void cookie_isOfHostAndSessionAndForServersOnly() {
    shop.domain = "localhost.example";
    MockHttpServletResponse response =
        follow(link("hidden", "on"), (request, answer) -> answer.reset());

    assertThat(response.getHeaders("Set-Cookie"))
        .filteredOn(line -> line.startsWith("kameleoonPreview="))
        .singleElement()
        .asString()
        .matches("kameleoonPreview=[A-Za-z0-9._-]+; Path=/; HttpOnly; SameSite=Lax");
  }

  @Test
  void cookie_secureRequest_isSecure() {
    MockHttpServletRequest request = request(link("hidden", "on"));
    request.setSecure(true);

    assertThat(browser.send(request, (read, response) -> {}).getHeaders("Set-Cookie"))
        .anyMatch(line -> line.startsWith("kameleoonPreview=") && line.contains("; Secure"));
  }

  @Test
  void links_ofTwoFeatures_areShownTogether() {
    follow(link("hidden", "on"), Page.reading(visitor -> {}));
    follow(link("banner", "off"), Page.reading(visitor -> {}));

    assertThat(read("hidden").getKey()).isEqualTo("on");
    assertThat(read("banner").getKey()).isEqualTo("off");
  }

  @Test
  void links_ofOneFeature_lastOneIsShown() {
    follow(link("banner", "on"), Page.reading(visitor -> {}));
    follow(link("banner", "off"), Page.reading(visitor -> {}));

    assertThat(read("banner").getKey()).isEqualTo("off");
  }

  @Test
  void links_ofOneFeatureOften_keepOtherFeature() {
    beginPreview();
    for (int i = 0; i < 21; i++) {
      follow(link("banner", i % 2 == 0 ? "on" : "off"), Page.reading(visitor -> {}));
    }

    assertThat(read("hidden").getReason()).isEqualTo(Reason.PREVIEW);
  }

  @Test
  void link_invalidDuringPreview_keepsPreview() {
    beginPreview();

    follow(
        "/?kameleoonPreview=1.a.b",
        Page.reading(v -> assertThat(v.getPreview().getVariations()).containsKey("hidden")));

    assertThat(read("hidden").getReason()).isEqualTo(Reason.PREVIEW);
  }

  @Test
  void preview_shown_hasVariationsAndEndLink() {
    AtomicReference<Preview> shown = new AtomicReference<>();
    follow(link("hidden", "on") + "&page=2", Page.reading(v -> shown.set(v.getPreview())));

    assertThat(shown.get().getVariations()).containsExactly(Map.entry("hidden", "on"));
    assertThat(shown.get().getEndLink()).isEqualTo("?item=7&page=2&kameleoonPreview=end");
    assertThat(shown.get()).hasToString("Preview{hidden=on}");
  }

  @Test
  void endLink_opened_endsPreview() {
    beginPreview();

    MockHttpServletResponse ended =
        follow("/?kameleoonPreview=end", Page.reading(v -> assertThat(v.getPreview()).isNull()));

    assertThat(ended.getHeaders("Set-Cookie"))
        .anyMatch(line -> line.matches("kameleoonPreview=; Path=/;.* Max-Age=0;.* HttpOnly;.*"));
    // A browser that has an answer of the address in its cache would not ask again.
    assertThat(ended.getHeader("Cache-Control")).isEqualTo("private, no-store");
    assertThat(browser.cookies).doesNotContainKey("kameleoonPreview");
    assertThat(read("hidden").getReason()).isEqualTo(Reason.NOT_FOUND);
  }

  @Test
  void variation_goneFromDataFile_isDecided() {
    beginPreview();
    shop.decisions.features = Set.of("banner");

    assertThat(read("hidden").getReason()).isEqualTo(Reason.NOT_FOUND);
    browser.open(
        Page.reading(visitor -> assertThat(visitor.getPreview().getVariations()).isEmpty()));
    assertThat(shop.decisions.calls).containsExactly("decide new-1 hidden");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "                      | FORGED",
        "1                     | FORGED",
        "1..                   | FORGED",
        "start                 | FORGED",
        "1.aGk.aGk             | FORGED",
        "%3Cscript%3E          | FORGED",
        "long                  | OVERSIZED"
      })
  void link_invalid_changesNothingAndIsCounted(String value, Cause cause) {
    String sent = value == null ? "" : value.equals("long") ? "1.".repeat(5_000) : value;

    MockHttpServletResponse response =
        follow("/?kameleoonPreview=" + sent, Page.reading(v -> v.variation("banner")));

    assertThat(response.getHeaders("Set-Cookie")).noneMatch(line -> line.contains("Preview"));
    assertThat(shop.decisions.calls).containsExactly("decide new-1 banner exposed");
    assertThat(refused(cause)).isEqualTo(1);
    assertThat(refused()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"xkameleoonPreview=1", "a=kameleoonPreview=1", "kameleoonPreviews=1"})
  void parameter_ofSimilarName_isIgnored(String query) {
    follow("/?" + query, Page.reading(v -> v.variation("banner")));

    assertThat(refused()).isZero();
  }

  @Test
  void cookie_invalid_keepsLaterLinkWorking() {
    browser.cookies.put("kameleoonPreview", "1.aGk.aGk");
    beginPreview();

    assertThat(read("hidden").getReason()).isEqualTo(Reason.PREVIEW);
    assertThat(refused(Cause.FORGED)).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({"0, PREVIEW, 0", "1, PREVIEW, 1", "2, NOT_FOUND, 2", "300, NOT_FOUND, 2"})
  void cookies_severalOfTheName_firstTwoAreRead(int before, Reason reason, long forged) {
    beginPreview();
    MockHttpServletRequest request = browser.navigation();
    request.addHeader("Cookie", "kameleoonPreview=1.a.b; ".repeat(before) + "a=b");
    AtomicReference<Variation> read = new AtomicReference<>();

    browser.send(request, reading(read, "hidden"));

    assertThat(read.get().getReason()).isEqualTo(reason);
    assertThat(refused(Cause.FORGED)).isEqualTo(forged);
  }

  @Test
  void link_asCookie_isForged() {
    String link = link("hidden", "on");
    browser.cookies.put("kameleoonPreview", link.substring(link.lastIndexOf('=') + 1));

    assertThat(read("hidden").getReason()).isEqualTo(Reason.NOT_FOUND);
    assertThat(refused(Cause.FORGED)).isEqualTo(1);
  }

  @Test
  void cookie_asLink_isForged() {
    beginPreview();
    String cookie = browser.cookies.remove("kameleoonPreview");

    follow("/?kameleoonPreview=" + cookie, Page.reading(v -> {}));

    assertThat(refused(Cause.FORGED)).isEqualTo(1);
  }

  @Test
  void linkAndCookie_onOtherHost_areRefused() {
    MockHttpServletRequest linked = request(link("hidden", "on"));
    linked.setServerName("other.example");
    browser.send(linked, Page.reading(v -> assertThat(v.getPreview()).isNull()));
    beginPreview();
    MockHttpServletRequest later = browser.navigation();
    later.setServerName("other.example");
    browser.send(later, Page.reading(v -> assertThat(v.getPreview()).isNull()));

    assertThat(refused(Cause.OTHER_HOST)).isEqualTo(2);
  }

  @Test
  void host_inUpperCase_isTheSame() {
    MockHttpServletRequest linked = request(link("hidden", "on"));
    linked.setServerName("LOCALHOST");

    browser.send(linked, Page.reading(v -> assertThat(v.getPreview()).isNotNull()));
  }

  @Test
  void host_ofAddress_mayHaveBrackets() {
    String link = shop.service().previewLink("http://[::1]:8080/", "hidden", "on", null);
    for (String name : new String[] {"[::1]", "::1"}) {
      MockHttpServletRequest linked = request(link);
      linked.setServerName(name);

      browser.send(linked, Page.reading(v -> assertThat(v.getPreview()).isNotNull()));
    }
  }

  @Test
  void publicOrigin_set_isTheHost() {
    shop.publicOrigin = Origin.parse("https://shop.example");
    String link = shop.service().previewLink("hidden", "on", null);

    assertThat(link).startsWith("https://shop.example/?kameleoonPreview=1.");
    follow(link, Page.reading(v -> assertThat(v.getPreview()).isNotNull()));
  }

  @Test
  void linkAndCookie_afterTheirTime_areExpired() {
    Instant now = Instant.parse("2026-11-29T12:00:00Z");
    shop.clock = Clock.fixed(now, ZoneOffset.UTC);
    String link = shop.service().previewLink(PAGE, "hidden", "on", Duration.ofMinutes(1));
    follow(link, Page.reading(v -> assertThat(v.getPreview()).isNotNull()));
    shop.clock = Clock.fixed(now.plusSeconds(59), ZoneOffset.UTC);
    assertThat(read("hidden").getReason()).isEqualTo(Reason.PREVIEW);
    shop.clock = Clock.fixed(now.plusSeconds(60), ZoneOffset.UTC);

    assertThat(read("hidden").getReason()).isEqualTo(Reason.NOT_FOUND);
    assertThat(refused(Cause.EXPIRED)).isEqualTo(1);
    follow(link, Page.reading(v -> assertThat(v.getPreview()).isNull()));
    assertThat(refused(Cause.EXPIRED)).isEqualTo(3);
  }

  @Test
  void secret_notSet_ignoresLinksAndCookies() {
    String link = link("hidden", "on");
    shop.previewSecret = null;

    MockHttpServletResponse response =
        follow(link, Page.reading(v -> assertThat(v.getPreview()).isNull()));

    assertThat(response.getHeaders("Set-Cookie")).noneMatch(line -> line.contains("Preview"));
  }

  @Test
  void secret_ofOtherApplication_isForged() {
    String link = link("hidden", "on");
    shop.previewSecret = "another secret of 32 characters..";

    follow(link, Page.reading(v -> assertThat(v.getPreview()).isNull()));

    assertThat(refused(Cause.FORGED)).isEqualTo(1);
  }

  @Test
  void observe_link_isIgnored() {
    String link = link("hidden", "on");
    shop.observes = true;

    MockHttpServletResponse response =
        follow(link, Page.reading(v -> assertThat(v.getPreview()).isNull()));

    assertThat(response.getHeaderNames()).isEmpty();
  }

  @Test
  void excludedPath_link_showsPreviewWithoutCookie() {
    MockHttpServletRequest request = request(link("hidden", "on"));
    request.setServletPath("/theme.css");

    MockHttpServletResponse response =
        browser.send(
            request,
            Page.reading(
                v -> assertThat(v.variation("hidden").getReason()).isEqualTo(Reason.PREVIEW)));

    assertThat(response.getHeaders("Set-Cookie")).isEmpty();
    assertThat(response.getHeader("Cache-Control")).isEqualTo("private, no-store");
  }

  @Test
  void excludedPath_conversionAfterTheRequest_isNotSent() {
    beginPreview();
    browser.cookies.put("kameleoonVisitorCode", "mine");
    MockHttpServletRequest request = browser.navigation();
    request.setServletPath("/shop.css");
    AtomicReference<Visitor> visitor = new AtomicReference<>();
    browser.send(
        request,
        Page.reading(
            read -> {
              assertThat(read.getCode()).isEqualTo("mine");
              visitor.set(read);
            }));

    visitor.get().trackConversion(301, 49.90);

    assertThat(shop.decisions.calls).isEmpty();
  }

  @Test
  void simulation_deciderThatReadsTheVisitor_isRefused() {
    shop.simulationFor =
        AccessRule.of(
            "simulationFor",
            request -> ((Visitor) request.getAttribute(Visitor.ATTRIBUTE)).getUserId() != null);
    browser.user = "user-1";
    browser.cookies.put("kameleoonSimulationFFData", SIMULATION);

    assertThat(read("banner").getReason()).isEqualTo(Reason.ASSIGNED);
    assertThat(refused(Cause.SIMULATION_REFUSED)).isPositive();
  }

  @Test
  void excludedPath_end_keepsCookie() {
    beginPreview();
    MockHttpServletRequest request = request("/?kameleoonPreview=end");
    request.setServletPath("/theme.css");

    browser.send(request, Page.reading(v -> assertThat(v.getPreview()).isNull()));

    assertThat(browser.cookies).containsKey("kameleoonPreview");
  }

  @ParameterizedTest
  @CsvSource({"text/html, true", "image/png, false"})
  void fileOfServer_link_beginsPreviewIfFileIsPage(String type, boolean begins) {
    MockHttpServletRequest request = request(link("hidden", "on"));
    request.setHttpServletMapping(
        new MockHttpServletMapping("/", "/", "default", MappingMatch.DEFAULT));

    MockHttpServletResponse response =
        browser.send(
            request,
            (read, answer) -> {
              answer.setContentType(type);
              answer.getWriter().write("x");
            });

    assertThat(browser.cookies.containsKey("kameleoonPreview")).isEqualTo(begins);
    assertThat(String.valueOf(response.getHeader("Cache-Control")).contains("no-store"))
        .isEqualTo(begins);
  }

  @Test
  void visitor_afterRequest_readsNoPreview() {
    AtomicReference<Visitor> kept = new AtomicReference<>();
    MockHttpServletRequest request = request(link("hidden", "on"));
    request.setServletPath("/theme.css");
    browser.send(request, Page.reading(kept::set));

    assertThat(kept.get().getPreview()).isNull();
    assertThat(kept.get().variation("hidden").getReason()).isEqualTo(Reason.UNRESOLVED);
  }

  @Test
  void explanation_ofPreviewedFeature_hasPreviewAndNoRules() {
    beginPreview();

    browser.open(
        Page.reading(
            visitor -> {
              assertThat(visitor.explain("hidden").getVariation().getReason())
                  .isEqualTo(Reason.PREVIEW);
              assertThat(visitor.explain("hidden").getRules()).isEmpty();
            }));

    assertThat(shop.decisions.calls).isEmpty();
  }

  @Test
  void facts_ofPreview_haveNoToken() {
    MockHttpServletRequest request = request(link("hidden", "on") + "&page=2");
    request.addHeader("Referer", "http://localhost/a?kameleoonPreview=1.a.b&c=d#e");
    browser.send(
        request,
        Page.reading(
            visitor -> {
              visitor.variation("banner");
              assertThat(shop.decisions.lastFacts.pageUrl())
                  .isEqualTo("http://localhost/?item=7&page=2");
              assertThat(shop.decisions.lastFacts.previousPage())
                  .startsWith("http://localhost/a?c=d");
            }));
    browser.cookies.put("other", "seen");

    read("banner");

    assertThat(shop.decisions.lastFacts.cookies())
        .containsKey("other")
        .doesNotContainKey("kameleoonPreview");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "kameleoonPreview=end              | http://localhost/",
        "kameleoonPreview=end&a=b          | http://localhost/?a=b",
        "a=b&kameleoonPreview=end          | http://localhost/?a=b",
        "a=b&&c                            | http://localhost/?a=b&&c",
        "xkameleoonPreview=1               | http://localhost/?xkameleoonPreview=1"
      })
  void url_ofFacts_hasOtherParameters(String query, String url) {
    follow("/?" + query, Page.reading(v -> v.variation("banner")));

    assertThat(shop.decisions.lastFacts.pageUrl()).isEqualTo(url);
  }

  @Test
  void errorPage_ofRequestWithBadge_mayPrintBadgeAgain() throws Exception {
    String mark = "io.github.kameleoonservlet.jsp.previewBadge";
    beginPreview();
    AtomicReference<jakarta.servlet.http.HttpServletRequest> sent = new AtomicReference<>();
    AtomicReference<HttpServletResponse> answer = new AtomicReference<>();
    browser.open(
        (request, response) -> {
          request.setAttribute(mark, true);
          sent.set(request);
          answer.set(response);
        });

    shop.dispatch(DispatcherType.ERROR, sent.get(), answer.get(), (request, response) -> {});

    assertThat(sent.get().getAttribute(mark)).isNull();
  }

  // ---- Kameleoon's simulation cookie

  private void simulate(String cookie) {
    shop.previewSecret = null;
    browser.cookies.put("kameleoonSimulationFFData", cookie);
  }

  @Test
  void simulation_ofAllowedUser_isPreview() {
    simulate(SIMULATION);
    AtomicInteger asked = new AtomicInteger();
    shop.simulationFor = AccessRule.of("simulationFor", request -> asked.incrementAndGet() > 0);
    AtomicReference<Variation> read = new AtomicReference<>();

    MockHttpServletResponse response =
        browser.open(
            (request, answer) -> {
              reading(read, "banner").serve(request, answer);
              Visitor visitor = (Visitor) request.getAttribute(Visitor.ATTRIBUTE);
              visitor.variation("hidden");
              visitor.trackConversion(3, 0);
            });

    assertThat(read.get().getReason()).isEqualTo(Reason.PREVIEW);
    assertThat(read.get().getKey()).isEqualTo("on");
    assertThat(response.getHeader("Cache-Control")).isEqualTo("private, no-store");
    assertThat(shop.decisions.calls).containsExactly("decide new-1 hidden");
    assertThat(asked).hasValue(1);
  }

  @Test
  void simulation_ofOtherUser_isCountedAndChangesNothing() {
    simulate(SIMULATION);
    shop.simulationFor = AccessRule.ofRole("simulationFor", "marketing");

    assertThat(read("banner").getReason()).isEqualTo(Reason.ASSIGNED);
    assertThat(shop.decisions.calls).containsExactly("decide new-1 banner exposed");
    assertThat(refused(Cause.SIMULATION_REFUSED)).isEqualTo(1);
  }

  @Test
  void simulation_forNobody_isNotRead() {
    simulate(SIMULATION);

    assertThat(read("banner").getReason()).isEqualTo(Reason.ASSIGNED);
    assertThat(refused()).isZero();
  }

  @Test
  void simulation_malformed_isCountedWithoutAskingTheApplication() {
    simulate("{");
    shop.simulationFor =
        AccessRule.of(
            "simulationFor",
            request -> {
              throw new AssertionError("the cookie is malformed");
            });

    assertThat(read("banner").getReason()).isEqualTo(Reason.ASSIGNED);
    assertThat(refused(Cause.SIMULATION_MALFORMED)).isEqualTo(1);
  }

  @Test
  void simulation_withoutFeatures_isNoPreview() {
    simulate("%7B%7D");
    shop.simulationFor = AccessRule.nobody();

    assertThat(read("banner").getReason()).isEqualTo(Reason.ASSIGNED);
    assertThat(refused()).isZero();
  }

  @Test
  void simulation_ofDefaultVariation_isShown() {
    simulate("%7B%22banner%22%3A%7B%22expId%22%3A0%7D%7D");
    shop.simulationFor = AccessRule.everybody();

    assertThat(read("banner").getKey()).isEqualTo("off");
  }

  @Test
  void simulation_besideLinkOfSameFeature_linkIsShown() {
    follow(link("banner", "off"), Page.reading(visitor -> {}));
    browser.cookies.put("kameleoonSimulationFFData", SIMULATION);
    shop.simulationFor = AccessRule.everybody();

    assertThat(read("banner").getKey()).isEqualTo("off");
  }

  @Test
  void endLink_withSimulation_deletesCookieOfHostAndDomain() {
    shop.domain = "example.com";
    simulate(SIMULATION);
    shop.simulationFor = AccessRule.everybody();
    MockHttpServletRequest end = request("/?kameleoonPreview=end");
    end.setServerName("shop.example.com");

    MockHttpServletResponse response =
        browser.send(end, Page.reading(v -> assertThat(v.getPreview()).isNull()));

    assertThat(response.getHeaders("Set-Cookie"))
        .filteredOn(line -> line.startsWith("kameleoonSimulationFFData=; Path=/; "))
        .anyMatch(line -> line.contains("; Domain=example.com; Max-Age=0;"))
        .anyMatch(line -> !line.contains("; Domain=") && line.contains("; Max-Age=0;"))
        .hasSize(2);
  }

  @Test
  void endLink_withoutSimulation_deletesNoSimulationCookie() {
    shop.simulationFor = AccessRule.everybody();

    assertThat(follow("/?kameleoonPreview=end", (q, r) -> {}).getHeaders("Set-Cookie"))
        .noneMatch(line -> line.startsWith("kameleoonSimulation"));
  }
}
