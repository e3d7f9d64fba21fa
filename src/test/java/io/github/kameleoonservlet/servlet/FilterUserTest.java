package io.github.kameleoonservlet.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.github.kameleoonservlet.Visitor;
import io.github.kameleoonservlet.decision.Reason;
import io.github.kameleoonservlet.decision.Variation;
import io.github.kameleoonservlet.identity.Outcome;
import io.github.kameleoonservlet.internal.config.Parameters;
import io.github.kameleoonservlet.internal.config.UserIds;
import io.github.kameleoonservlet.servlet.TestShop.Page;
import io.github.kameleoonservlet.testing.FaultyStore;
import io.github.kameleoonservlet.testing.RecordedLog;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockFilterConfig;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

/** Tests codes and users behind the filter. */
class FilterUserTest {

  private static final Page NOTHING = (request, response) -> {};

  private final TestShop shop = new TestShop();
  private final TestShop.Browser browser = shop.new Browser();

  @Test
  void anonymousVisitor_firstPage_getsLastingCode() {
    MockHttpServletResponse first = browser.open(NOTHING);
    MockHttpServletResponse second = browser.open(NOTHING);

    assertThat(cookies(first))
        .singleElement()
        .asString()
        .contains("kameleoonVisitorCode=new-1; Path=/; Max-Age=32832000;", "SameSite=Lax")
        .doesNotContain("HttpOnly", "Secure");
    assertThat(cookies(second))
        .singleElement()
        .asString()
        .startsWith("kameleoonVisitorCode=new-1; Path=/; Max-Age=32832000;");
  }

  @Test
  void user_secondBrowser_getsSameCode() {
    TestShop.Browser phone = shop.new Browser();
    browser.open(NOTHING);
    phone.open(NOTHING);
    assertThat(phone.code()).isNotEqualTo(browser.code());

    browser.user = "user-1";
    phone.user = "user-1";
    browser.open(seeing(Outcome.LINKED));
    phone.open(seeing(Outcome.RESTORED));

    assertThat(phone.code()).isEqualTo(browser.code()).isEqualTo("new-1");
    phone.open(seeing(Outcome.RECOGNIZED));
  }

  @Test
  void nextUser_sameBrowser_getsOtherCode() {
    browser.user = "user-1";
    browser.open(seeing(Outcome.LINKED));
    String first = browser.code();

    browser.user = null;
    browser.open(seeing(Outcome.RECOGNIZED));
    browser.user = "user-2";
    browser.open(seeing(Outcome.SEPARATED));

    assertThat(browser.code()).isNotEqualTo(first);
    browser.user = "user-1";
    browser.open(seeing(Outcome.RESTORED));
    assertThat(browser.code()).isEqualTo(first);
  }

  @Test
  void attributes_beforeServlet_areSet() {
    shop.featureKey = "banner";
    browser.open(
        (request, response) -> {
          Visitor visitor = (Visitor) request.getAttribute("kameleoonVisitor");
          assertThat(visitor.getCode()).isEqualTo("new-1");
          assertThat(visitor.getUserId()).isNull();
          assertThat(visitor.isKnown()).isFalse();
          assertThat(request.getAttribute("kameleoonVisitorCode")).isEqualTo("new-1");
          assertThat(request.getAttribute("kameleoonVariations")).isInstanceOf(Map.class);
          assertThat(response.getHeader("Set-Cookie")).contains("new-1");
          assertThat(shop.decisions.calls).isEmpty();
          Variation variation = (Variation) request.getAttribute("kameleoonVariation");
          assertThat(variation.toString()).contains("banner");
          assertThat(shop.decisions.calls).isEmpty();
          assertThat(variation.getKey()).isEqualTo("on");
          assertThat(variation.getVariables()).containsEntry("title", "Hello");
          assertThat(variation.getId()).isEqualTo(11);
          assertThat(variation.getExperimentId()).isEqualTo(7);
          assertThat(variation.isActive()).isTrue();
          assertThat(visitor.getVariation()).isSameAs(variation);
        });
    assertThat(shop.decisions.calls).containsExactly("decide new-1 banner exposed");
  }

  @Test
  void variationAttribute_withoutFeatureKey_isMissing() {
    browser.open(
        (request, response) -> {
          assertThat(request.getAttribute("kameleoonVariation")).isNull();
          assertThat(((Visitor) request.getAttribute("kameleoonVisitor")).getVariation()).isNull();
        });
  }

  @Test
  void resolver_throws_visitorIsNotAnonymous() {
    browser.open(NOTHING);
    shop.users =
        request -> {
          throw new IllegalStateException("user-1 is secret");
        };

    MockHttpServletResponse response = browser.open(seeing(Outcome.UNRESOLVED));

    assertThat(cookies(response)).isEmpty();
  }

  @Test
  void userId_missingProperty_isLoggedOnceByName() throws Exception {
    Parameters parameters = new Parameters(new MockFilterConfig("visitor"), name -> null);
    shop.users = UserIds.resolver(parameters, "request:user.nosuch");
    MockHttpServletRequest request = browser.navigation();
    request.setAttribute("user", "user-1");

    try (RecordedLog log = new RecordedLog(Level.DEBUG)) {
      browser.send(request, seeing(Outcome.UNRESOLVED));

      assertThat(log.complaints())
          .singleElement()
          .asString()
          .contains("userId: java.lang.String has no public property nosuch")
          .doesNotContain("user-1");
    }
  }

  @Test
  void resolver_throws_logHasNoMessage() {
    shop.users =
        request -> {
          throw new IllegalStateException("user-1 is secret");
        };

    try (RecordedLog log = new RecordedLog(Level.DEBUG)) {
      browser.open(seeing(Outcome.UNRESOLVED));

      assertThat(log.complaints())
          .singleElement()
          .asString()
          .contains("IllegalStateException at ")
          .doesNotContain("user-1");
    }
  }

  @Test
  void page_storeDown_isServedWithUnchangedCookie() {
    browser.open(NOTHING);
    shop.store = FaultyStore.down();
    browser.user = "user-1";

    MockHttpServletResponse response =
        browser.open(
            Page.reading(
                visitor -> {
                  assertThat(visitor.getOutcome()).isEqualTo(Outcome.UNRESOLVED);
                  assertThat(visitor.getUserId()).isEqualTo("user-1");
                  assertThat(visitor.getCode()).isEqualTo("new-1");
                  assertThat(visitor.getVariations().get("banner").getReason())
                      .isEqualTo(Reason.UNRESOLVED);
                  visitor.trackConversion(1, 2);
                  visitor.addCustomData(1, "x");
                  assertThat(visitor.getEngineTrackingCode()).isEmpty();
                }));

    assertThat(cookies(response)).isEmpty();
    assertThat(shop.decisions.calls).isEmpty();
    assertThat(browser.code()).isEqualTo("new-1");
  }

  private static Page seeing(Outcome outcome) {
    return Page.reading(visitor -> assertThat(visitor.getOutcome()).isEqualTo(outcome));
  }

  private static List<String> cookies(MockHttpServletResponse response) {
    return response.getHeaders("Set-Cookie");
  }
}
