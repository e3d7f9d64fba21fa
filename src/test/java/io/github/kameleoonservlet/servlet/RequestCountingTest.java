package io.github.kameleoonservlet.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kameleoonservlet.Visitor;
import io.github.kameleoonservlet.decision.Reason;
import io.github.kameleoonservlet.identity.Outcome;
import io.github.kameleoonservlet.internal.statistics.DecisionCounts;
import io.github.kameleoonservlet.internal.statistics.RecentResolutions.Resolution;
import io.github.kameleoonservlet.servlet.TestShop.Page;
import jakarta.servlet.DispatcherType;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.mock.web.MockFilterConfig;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.mock.web.MockServletContext;
import org.springframework.web.util.WebUtils;

/** Tests which requests and decisions the filter counts, and when. */
class RequestCountingTest {

  private static final Page HTML = (request, response) -> response.setContentType("text/html");

  private final TestShop shop = new TestShop();
  private final TestShop.Browser browser = shop.new Browser();

  /** Returns the outcomes that occurred, with their counts. */
  private Map<Outcome, Long> counted() {
    return shop.statistics.requests().snapshot().total().entrySet().stream()
        .filter(entry -> entry.getValue() > 0)
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  private Map<String, Long> decisions() {
    return shop.statistics.decisions().snapshot().stream()
        .collect(
            Collectors.toMap(
                count -> count.feature() + " " + count.variation() + " " + count.reason(),
                DecisionCounts.Count::count));
  }

  @Test
  void page_whileItIsServed_isNotCountedYet() {
    browser.open((request, response) -> assertThat(counted()).isEmpty());

    assertThat(counted()).isEqualTo(Map.of(Outcome.ISSUED, 1L));
  }

  @Test
  void page_withASignInOfTheRequest_countsOnceWithTheLastOutcome() {
    browser.open(
        (request, response) -> {
          ((Visitor) request.getAttribute(Visitor.ATTRIBUTE)).getCode();
          request.login("user-1", "demo");
        });

    assertThat(counted()).isEqualTo(Map.of(Outcome.LINKED, 1L));
  }

  @Test
  void page_withAnErrorPage_countsOnce() throws Exception {
    browser.openErrorPage(HTML);

    assertThat(counted()).isEqualTo(Map.of(Outcome.ISSUED, 1L));
  }

  @Test
  void page_withAForward_countsOnce() {
    browser.open(
        (request, response) -> shop.dispatch(DispatcherType.FORWARD, request, response, HTML));

    assertThat(counted()).isEqualTo(Map.of(Outcome.ISSUED, 1L));
  }

  @Test
  void page_thatAForwardWithoutTheFilterOpens_countsOnce() throws Exception {
    MockHttpServletRequest request = browser.navigation();
    MockHttpServletResponse response = new MockHttpServletResponse();

    shop.dispatch(DispatcherType.FORWARD, request, response, HTML);
    shop.dispatch(DispatcherType.FORWARD, request, response, HTML);

    assertThat(counted()).isEqualTo(Map.of(Outcome.ISSUED, 1L));
    assertThat(shop.statistics.recent().snapshot()).hasSize(1);
    assertThat(response.getHeader("Set-Cookie")).contains("new-1");
  }

  @Test
  void page_withASignInAfterAForwardWithoutWrappers_countsOnceWithTheLastOutcome() {
    browser.open(
        (request, response) -> {
          shop.dispatch(
              DispatcherType.FORWARD,
              WebUtils.getNativeRequest(request, MockHttpServletRequest.class),
              WebUtils.getNativeResponse(response, MockHttpServletResponse.class),
              (forwarded, answer) -> {});
          request.login("user-1", "demo");
        });

    assertThat(counted()).isEqualTo(Map.of(Outcome.LINKED, 1L));
  }

  @Test
  void page_thatIsAsynchronous_countsWhenItIsComplete() {
    MockHttpServletRequest request = browser.navigation();
    browser.send(
        request,
        (seen, response) -> {
          response.setContentType("text/html");
          response.getWriter().write("<p>");
          request.startAsync();
        });
    assertThat(counted()).isEmpty();

    request.getAsyncContext().complete();

    assertThat(counted()).isEqualTo(Map.of(Outcome.ISSUED, 1L));
    assertThat(shop.statistics.recent().snapshot()).extracting(Resolution::path).containsOnly("/");
  }

  @Test
  void newCode_withoutACookieInTheResponse_countsAsUnresolved() {
    MockHttpServletRequest request = browser.navigation();
    MockHttpServletResponse response =
        browser.send(request, (seen, answer) -> answer.setContentType("application/json"));

    assertThat(response.getHeader("Set-Cookie")).isNull();
    assertThat(counted()).isEqualTo(Map.of(Outcome.UNRESOLVED, 1L));
    // The access log has the same word.
    assertThat(request.getAttribute(Visitor.ATTRIBUTE)).hasToString("Visitor[UNRESOLVED]");
  }

  @Test
  void file_thatReadsNoVisitor_isNotCounted() {
    MockHttpServletRequest file = browser.background("GET");
    file.setServletPath("/shop.css");

    browser.send(file, (request, response) -> {});

    assertThat(counted()).isEmpty();
    assertThat(shop.statistics.recent().snapshot()).isEmpty();
  }

  @Test
  void observedPage_countsWhatWouldHappen() {
    shop.observes = true;
    shop.link("user-1", "stored");
    browser.user = "user-1";
    browser.cookies.put("kameleoonVisitorCode", "other");

    browser.open(Page.reading(visitor -> visitor.getVariations().get("banner").getKey()));

    assertThat(counted()).isEqualTo(Map.of(Outcome.RESTORED, 1L));
    assertThat(decisions()).isEqualTo(Map.of("banner on ASSIGNED", 1L));
  }

  // ---- the last resolutions

  @Test
  void resolution_ofAUser_isKeptWithoutCodeAndUser() {
    shop.link("user-1", "the-code-of-user-1");
    browser.user = "user-1";
    MockHttpServletRequest request = browser.navigation();
    request.setRequestURI("/shop/orders;jsessionid=0123");

    browser.send(request, HTML);

    Resolution kept = shop.statistics.recent().snapshot().get(0);
    assertThat(kept.outcome()).isEqualTo(Outcome.RESTORED);
    assertThat(kept.code()).isEqualTo("the-…");
    assertThat(kept.user()).isEqualTo(TestShop.key("user-1").value().substring(0, 8) + "…");
    assertThat(kept.path()).isEqualTo("/shop/orders");
  }

  private static Wiring open(String setting, String value) throws Exception {
    MockFilterConfig config = new MockFilterConfig(new MockServletContext(), "visitor");
    config.addInitParameter(setting, value);
    config.addInitParameter("jdbcUrl", "jdbc:h2:mem:counting-test");
    config.addInitParameter(
        "dataFile", "webapp-sample/src/main/webapp/WEB-INF/kameleoon-data-file.json");
    return Wiring.open(config);
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "1, 1", "2, 2"})
  void recentResolutions_limitsWhatIsKept(String setting, int kept) throws Exception {
    Wiring wiring = open("recentResolutions", setting);
    try {
      KameleoonVisitorFilter filter = new KameleoonVisitorFilter(wiring.parts());
      for (int i = 0; i < 3; i++) {
        browser.send(filter, browser.navigation(), HTML);
      }

      assertThat(wiring.parts().statistics().recent().snapshot()).hasSize(kept);
    } finally {
      wiring.close();
    }
  }

  // ---- decisions

  @Test
  void feature_readTwiceByOnePage_countsOnce() {
    browser.open(
        Page.reading(
            visitor -> {
              visitor.getVariations().get("banner").getKey();
              visitor.getVariations().get("banner").getKey();
              visitor.getVariations().get("no-such-feature").getKey();
            }));

    assertThat(decisions()).isEqualTo(Map.of("banner on ASSIGNED", 1L, "* off NOT_FOUND", 1L));
  }

  @Test
  void feature_ofAVisitorWithoutCode_countsWithItsReason() {
    browser.open(Page.reading(visitor -> visitor.getVariations().get("banner").getKey()));
    browser.user = "user-1";
    shop.users =
        request -> {
          throw new IllegalStateException("the user cannot be determined");
        };

    browser.open(Page.reading(visitor -> visitor.getVariations().get("banner").getKey()));

    assertThat(decisions())
        .isEqualTo(Map.of("banner on ASSIGNED", 1L, "banner off " + Reason.UNRESOLVED, 1L));
  }

  @Test
  void feature_ofTheDataFile_withoutConsent_countsUnderItsKey() throws Exception {
    Wiring wiring = open("consent", "required");
    try {
      browser.send(
          new KameleoonVisitorFilter(wiring.parts()),
          browser.navigation(),
          Page.reading(
              visitor -> {
                visitor.getVariations().get("spring-offer").getKey();
                visitor.getVariations().get("no-such-feature").getKey();
              }));

      assertThat(wiring.parts().statistics().decisions().snapshot())
          .containsExactly(
              new DecisionCounts.Count("*", "off", Reason.WITHHELD, 1),
              new DecisionCounts.Count("spring-offer", "off", Reason.WITHHELD, 1));
    } finally {
      wiring.close();
    }
  }

  @Test
  void feature_readByTheApi_countsForEachCall() {
    ApiBrowser api = new ApiBrowser(browser);

    MockHttpServletResponse first = api.get("/variations");
    api.get("/variations");

    assertThat(first.getStatus()).isEqualTo(200);
    assertThat(decisions()).containsKey("banner on ASSIGNED");
    assertThat(counted().values()).containsOnly(1L);
  }
}
