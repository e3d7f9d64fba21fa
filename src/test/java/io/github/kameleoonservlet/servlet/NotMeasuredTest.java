package io.github.kameleoonservlet.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.github.kameleoonservlet.UserIdResolver;
import io.github.kameleoonservlet.decision.Reason;
import io.github.kameleoonservlet.identity.Consent;
import io.github.kameleoonservlet.identity.Outcome;
import io.github.kameleoonservlet.identity.StoreUnavailableException;
import io.github.kameleoonservlet.identity.VisitorCode;
import io.github.kameleoonservlet.identity.VisitorCodeStore;
import io.github.kameleoonservlet.internal.reconcile.UserKeys;
import io.github.kameleoonservlet.internal.visitor.ConsentReader;
import io.github.kameleoonservlet.servlet.TestShop.Page;
import io.github.kameleoonservlet.testing.FaultyStore;
import io.github.kameleoonservlet.testing.RecordedLog;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.mock.web.MockHttpServletResponse;

/**
 * Tests requests of support staff who act as a customer, which the application excludes from
 * measurement.
 */
class NotMeasuredTest {

  private static final Page NOTHING = (request, response) -> {};

  private final TestShop shop = new TestShop();
  private final TestShop.Browser browser = shop.new Browser();
  private final ApiBrowser api = new ApiBrowser(browser);
  private final VisitorCodeStore links = shop.store;
  private final List<String> asked = new ArrayList<>();
  private boolean impersonating;

  NotMeasuredTest() {
    shop.users =
        new UserIdResolver() {
          @Override
          public String userId(HttpServletRequest request) {
            if (impersonating) {
              asked.add("userId");
            }
            return request.getRemoteUser();
          }

          @Override
          public boolean isMeasured(HttpServletRequest request) {
            return !impersonating;
          }
        };
  }

  @Test
  void customerWithCode_actedForByStaff_keepsCookieAndLinkAndSendsNothing() {
    VisitorCode customers = new VisitorCode("customers");
    links.link(new UserKeys(Set.of(), null, null).caller("customer").key(), customers);
    browser.user = "staff";
    browser.open(NOTHING);
    String own = browser.code();

    impersonate("customer");
    MockHttpServletResponse response =
        browser.open(
            Page.reading(
                visitor -> {
                  assertThat(visitor.getOutcome()).isEqualTo(Outcome.UNRESOLVED);
                  assertThat(visitor.isKnown()).isFalse();
                  assertThat(visitor.getVariations().get("banner").getReason())
                      .isEqualTo(Reason.UNRESOLVED);
                  visitor.trackConversion(17, 49.90);
                  visitor.addCustomData(1, "gold");
                  assertThat(visitor.getEngineTrackingCode()).isEmpty();
                }));

    assertThat(response.getHeaders("Set-Cookie")).isEmpty();
    assertThat(shop.decisions.calls).isEmpty();
    stopImpersonating("staff");
    browser.open(
        Page.reading(visitor -> assertThat(visitor.getOutcome()).isEqualTo(Outcome.RECOGNIZED)));
    assertThat(browser.code()).isEqualTo(own).isNotEqualTo("customers");
  }

  @Test
  void customerWithoutCode_actedForByStaff_isNotLinked() {
    browser.open(NOTHING);
    impersonate("customer");
    browser.open(NOTHING);

    stopImpersonating(null);
    TestShop.Browser customer = shop.new Browser();
    customer.user = "customer";
    customer.open(
        Page.reading(visitor -> assertThat(visitor.getOutcome()).isEqualTo(Outcome.LINKED)));
    assertThat(customer.code()).isNotEqualTo(browser.code());
  }

  @ParameterizedTest
  @EnumSource
  void consent_anyValue_keepsCookie(Consent consent) {
    browser.open(NOTHING);
    shop.consent = new ConsentReader(true, request -> consent, "", "");
    impersonate("customer");

    MockHttpServletResponse response =
        browser.open(
            Page.reading(
                visitor -> assertThat(visitor.getOutcome()).isEqualTo(Outcome.UNRESOLVED)));

    assertThat(response.getHeaders("Set-Cookie")).isEmpty();
  }

  @Test
  void signOutAndRefresh_notMeasured_haveNoEffect() {
    browser.open(NOTHING);
    shop.renewAfterSignOut = true;
    impersonate("customer");

    MockHttpServletResponse response =
        browser.open(
            Page.reading(
                visitor -> {
                  visitor.refresh();
                  visitor.signOut();
                  assertThat(visitor.getOutcome()).isEqualTo(Outcome.UNRESOLVED);
                }));

    assertThat(response.getHeaders("Set-Cookie")).isEmpty();
  }

  @Test
  void api_readsAndEvents_returnNoCodeAndSendNoEvent() throws Exception {
    browser.open(NOTHING);
    impersonate("customer");

    assertThat(api.get("/visitorCode").getContentAsString())
        .isEqualTo("{\"visitorCode\":null,\"known\":false,\"outcome\":\"UNRESOLVED\"}");
    assertThat(api.post("/syncVisitor", "{\"visitorCode\":\"app\"}").getContentAsString())
        .isEqualTo("{\"visitorCode\":null,\"known\":false,\"outcome\":\"UNRESOLVED\"}");
    assertThat(api.get("/variations").getContentAsString())
        .contains("\"visitorCode\":null", "\"reason\":\"UNRESOLVED\"");
    MockHttpServletResponse conversion = api.post("/conversion", "{\"goalId\":1}");
    assertThat(conversion.getStatus()).isEqualTo(204);
    assertThat(conversion.getHeaders("Set-Cookie")).isEmpty();
    assertThat(shop.decisions.calls).isEmpty();
  }

  @Test
  void api_consentAndErasure_areRefused() {
    shop.consent = new ConsentReader(true, null, "agreed", "yes");
    browser.cookies.put("agreed", "yes");
    browser.open(NOTHING);
    impersonate("customer");

    for (MockHttpServletResponse answer :
        new MockHttpServletResponse[] {
          api.post("/consent", "{\"granted\":false}"), api.send(api.request("DELETE", "/visitor"))
        }) {
      assertThat(answer.getStatus()).isEqualTo(409);
      assertThat(answer.getHeaders("Set-Cookie")).isEmpty();
    }
    assertThat(shop.decisions.calls).isEmpty();
  }

  @Test
  void isMeasured_throws_isUnresolvedAndLogged() {
    shop.users =
        new UserIdResolver() {
          @Override
          public String userId(HttpServletRequest request) {
            return "user-1";
          }

          @Override
          public boolean isMeasured(HttpServletRequest request) {
            throw new IllegalStateException("user-1");
          }
        };
    try (RecordedLog log = new RecordedLog(Level.DEBUG)) {
      browser.open(
          Page.reading(visitor -> assertThat(visitor.getOutcome()).isEqualTo(Outcome.UNRESOLVED)));

      assertThat(log.complaints()).singleElement().asString().doesNotContain("user-1");
    }
  }

  @Test
  void isMeasured_notImplemented_isMeasured() {
    shop.users = request -> "user-1";

    browser.open(
        Page.reading(visitor -> assertThat(visitor.getOutcome()).isEqualTo(Outcome.LINKED)));
  }

  @AfterEach
  void requestNotMeasured_anyKind_callsNeitherStoreNorUserId() {
    assertThat(asked).isEmpty();
  }

  private void impersonate(String customer) {
    impersonating = true;
    browser.user = customer;
    shop.decisions.calls.clear();
    shop.store =
        FaultyStore.always(
            (method, call) -> {
              asked.add(method);
              throw new StoreUnavailableException("asked");
            });
  }

  private void stopImpersonating(String user) {
    impersonating = false;
    browser.user = user;
    shop.store = links;
  }
}
