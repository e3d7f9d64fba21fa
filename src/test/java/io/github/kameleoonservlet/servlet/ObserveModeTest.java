package io.github.kameleoonservlet.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.github.kameleoonservlet.Visitor;
import io.github.kameleoonservlet.decision.Reason;
import io.github.kameleoonservlet.identity.Consent;
import io.github.kameleoonservlet.identity.Outcome;
import io.github.kameleoonservlet.internal.visitor.ConsentReader;
import io.github.kameleoonservlet.servlet.TestShop.Page;
import io.github.kameleoonservlet.testing.FaultyStore;
import io.github.kameleoonservlet.testing.RecordedLog;
import jakarta.servlet.DispatcherType;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockFilterConfig;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.mock.web.MockServletContext;

/** Tests {@code mode=observe}: the library decides and counts, and changes nothing. */
class ObserveModeTest {

  private static final Page READER =
      (request, response) -> {
        response.setContentType("text/html");
        Visitor visitor = (Visitor) request.getAttribute(Visitor.ATTRIBUTE);
        response.getWriter().print(visitor.getVariations().get("banner").getKey());
      };

  private final TestShop shop = new TestShop();
  private final TestShop.Browser browser = shop.new Browser();
  private final ApiBrowser api = new ApiBrowser(browser);

  ObserveModeTest() {
    shop.observes = true;
  }

  @Test
  void page_newBrowser_getsHeadersOfTheApplicationOnly() throws Exception {
    MockHttpServletResponse response = browser.open(READER);

    assertThat(response.getHeaderNames()).containsExactly("Content-Type");
    assertThat(response.getContentAsString()).isEqualTo("off");
  }

  @Test
  void chain_anyRequest_getsRequestAndResponseOfTheContainer() {
    MockHttpServletRequest sent = browser.navigation();

    browser.send(
        sent,
        (request, response) -> {
          assertThat(request).isSameAs(sent);
          assertThat(response).isInstanceOf(MockHttpServletResponse.class);
        });
  }

  @ParameterizedTest
  @CsvSource({"ERROR", "FORWARD", "ASYNC"})
  void chain_laterDispatch_getsRequestAndResponseOfTheContainer(DispatcherType type)
      throws Exception {
    MockHttpServletRequest sent = browser.navigation();
    browser.send(sent, READER);

    shop.dispatch(
        type,
        sent,
        new MockHttpServletResponse(),
        (request, response) -> {
          assertThat(request).isSameAs(sent);
          assertThat(response).isInstanceOf(MockHttpServletResponse.class);
        });
  }

  @Test
  void feature_assigned_isDecidedWithoutExposure_andOff() {
    browser.cookies.put("kameleoonVisitorCode", "mine");

    browser.open(
        Page.reading(
            visitor -> {
              assertThat(visitor.getOutcome()).isEqualTo(Outcome.UNRESOLVED);
              assertThat(visitor.getCode()).isEqualTo("mine");
              assertThat(visitor.getVariations().get("banner").isActive()).isFalse();
              assertThat(visitor.getVariations().get("banner").getReason())
                  .isEqualTo(Reason.OBSERVED);
              assertThat(visitor.getVariations().get("none").getReason())
                  .isEqualTo(Reason.NOT_FOUND);
              assertThat(visitor.getEngineTrackingCode()).isEmpty();
              assertThat(visitor.isExplainable()).isFalse();
            }));

    assertThat(shop.decisions.calls).containsExactly("decide mine banner", "decide mine none");
  }

  @Test
  void events_anyVisitor_areNotSent() {
    browser.user = "user-1";

    browser.open(
        Page.reading(
            visitor -> {
              visitor.trackConversion(301, 49.90);
              visitor.addCustomData(1, "gold");
            }));

    assertThat(shop.decisions.calls).isEmpty();
    assertThat(shop.decisions.pages).isEmpty();
  }

  @Test
  void user_withStoredCode_isDecidedByIt_andKeepsTheCookieOfTheBrowser() {
    shop.link("user-1", "stored");
    browser.user = "user-1";
    browser.cookies.put("kameleoonVisitorCode", "mine");

    MockHttpServletResponse response = browser.open(READER);

    assertThat(response.getHeaders("Set-Cookie")).isEmpty();
    assertThat(browser.code()).isEqualTo("mine");
    assertThat(shop.decisions.calls).contains("decide stored banner");
  }

  @Test
  void user_withoutLink_isNotLinked() {
    List<String> calls = new ArrayList<>();
    shop.store =
        FaultyStore.before(
            shop.store,
            (method, call) -> {
              calls.add(method);
              return call.proceed();
            });
    browser.user = "user-1";
    KameleoonVisitorFilter filter = shop.filter();

    browser.send(filter, browser.navigation(), READER);
    browser.send(filter, browser.navigation(), READER);

    assertThat(calls).containsExactly("find");
    // The second request has the code that the first one would have linked.
    assertThat(shop.decisions.calls.stream().filter(call -> call.startsWith("decide")).distinct())
        .hasSize(1);
  }

  @Test
  void consent_refused_keepsCookie() {
    shop.consent = new ConsentReader(true, request -> Consent.REFUSED, "c", "yes");
    browser.cookies.put("kameleoonVisitorCode", "mine");

    browser.open(
        Page.reading(
            visitor ->
                assertThat(visitor.getVariations().get("banner").getReason())
                    .isEqualTo(Reason.WITHHELD)));

    assertThat(browser.code()).isEqualTo("mine");
    assertThat(shop.decisions.calls).isEmpty();
  }

  @Test
  void signOut_withRenewal_keepsCookie() {
    shop.renewAfterSignOut = true;
    browser.user = "user-1";
    browser.cookies.put("kameleoonVisitorCode", "mine");

    browser.open(Page.reading(Visitor::signOut));

    assertThat(browser.code()).isEqualTo("mine");
  }

  @Test
  void api_anyCall_answersWithoutCode_andWritesNoCookie() throws Exception {
    shop.consent = new ConsentReader(true, null, "agreed", "yes");
    shop.link("user-1", "stored");
    browser.user = "user-1";
    browser.cookies.put("agreed", "yes");

    assertThat(api.get("/visitorCode").getContentAsString())
        .isEqualTo("{\"visitorCode\":null,\"known\":true,\"outcome\":\"UNRESOLVED\"}");
    assertThat(api.post("/conversion", "{\"goalId\":301}").getStatus()).isEqualTo(204);
    assertThat(api.post("/consent", "{\"granted\":false}").getHeaders("Set-Cookie")).isEmpty();
    assertThat(api.send(api.request("DELETE", "/visitor")).getHeaders("Set-Cookie")).isEmpty();
    assertThat(shop.decisions.calls).isEmpty();
  }

  @Test
  void toString_afterRequest_namesObservedOutcomeWithoutCode() {
    browser.cookies.put("kameleoonVisitorCode", "mine");
    MockHttpServletRequest request = browser.navigation();

    browser.send(request, READER);

    assertThat(request.getAttribute(Visitor.ATTRIBUTE)).hasToString("Visitor[observed RECOGNIZED]");
  }

  @Test
  void filter_settingObserve_logsOneWarningAndChangesNothing() throws Exception {
    MockFilterConfig config = new MockFilterConfig(new MockServletContext(), "visitor");
    config.addInitParameter("mode", "observe");
    config.addInitParameter("jdbcUrl", "jdbc:h2:mem:observe-mode-test");
    config.addInitParameter(
        "dataFile", "webapp-sample/src/main/webapp/WEB-INF/kameleoon-data-file.json");
    KameleoonVisitorFilter filter = new KameleoonVisitorFilter();
    try (RecordedLog log = new RecordedLog(Level.WARN)) {
      filter.init(config);
      assertThat(log.complaints()).filteredOn(line -> line.contains("mode=observe")).hasSize(1);
    }
    MockHttpServletRequest request = new MockHttpServletRequest("GET", "/");
    request.addHeader("Accept", "text/html");
    MockHttpServletResponse response = new MockHttpServletResponse();

    filter.doFilter(request, response, new MockFilterChain());
    filter.destroy();

    assertThat(response.getHeaderNames()).isEmpty();
    Visitor visitor = (Visitor) request.getAttribute(Visitor.ATTRIBUTE);
    assertThat(visitor.getOutcome()).isEqualTo(Outcome.UNRESOLVED);
    assertThat(visitor).hasToString("Visitor[observed ISSUED]");
  }
}
