package io.github.kameleoonservlet.internal.visitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kameleoonservlet.Visitor;
import io.github.kameleoonservlet.decision.Reason;
import io.github.kameleoonservlet.decision.Variation;
import io.github.kameleoonservlet.identity.Consent;
import io.github.kameleoonservlet.identity.Outcome;
import io.github.kameleoonservlet.servlet.ApiBrowser;
import io.github.kameleoonservlet.servlet.TestShop;
import io.github.kameleoonservlet.servlet.TestShop.Page;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.web.util.WebUtils;

/** Tests changes of the visitor during one request. */
class RequestVisitorTest {

  private static final Page NOTHING = (request, response) -> {};

  private final TestShop shop = new TestShop();
  private final TestShop.Browser browser = shop.new Browser();

  // ---- shared caches

  @Test
  void codeAttribute_readInBackgroundRequest_makesResponsePrivate() {
    browser.open(NOTHING);

    assertThat(
            cacheControl(
                (request, answer) -> {
                  answer.setHeader("Cache-Control", "public, max-age=60");
                  answer.getWriter().write("code " + request.getAttribute(Visitor.CODE_ATTRIBUTE));
                }))
        .isEqualTo("private, max-age=60");
  }

  @Test
  void engineTrackingCode_readInBackgroundRequest_makesResponsePrivate() {
    browser.open(NOTHING);

    assertThat(cacheControl(Page.reading(Visitor::getEngineTrackingCode))).isEqualTo("private");
  }

  @Test
  void decisions_readInBackgroundRequest_makeResponsePrivate() {
    browser.open(NOTHING);

    assertThat(cacheControl(Page.reading(Visitor::getDecided))).isEqualTo("private");
  }

  @Test
  void asynchronousResponse_backgroundRequest_isPrivate() {
    browser.open(NOTHING);

    assertThat(cacheControl((request, answer) -> request.startAsync())).isEqualTo("private");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void asynchronousResponse_writtenByThread_staysPrivate(boolean askedAgain) {
    MockHttpServletResponse response =
        browser.open(
            (request, answer) -> {
              AsyncContext started =
                  request.startAsync(
                      WebUtils.getNativeRequest(request, MockHttpServletRequest.class),
                      WebUtils.getNativeResponse(answer, MockHttpServletResponse.class));
              AsyncContext async = askedAgain ? request.getAsyncContext() : started;
              HttpServletResponse late = (HttpServletResponse) async.getResponse();
              late.setHeader("Cache-Control", "public, max-age=60");
              late.setHeader("CDN-Cache-Control", "max-age=60");
              late.addHeader("Set-Cookie", "kameleoonVisitorCode=theirs");
            });

    assertThat(response.getHeader("Cache-Control")).isEqualTo("private, max-age=60");
    assertThat(response.getHeader("CDN-Cache-Control")).isNull();
    assertThat(response.getHeaders("Set-Cookie")).singleElement().asString().contains("new-1");
  }

  @Test
  void asynchronousResponse_passedByApplication_isNotWrappedAgain() {
    browser.open(
        (request, answer) -> {
          AsyncContext async = request.startAsync(request, answer);
          assertThat(async.getRequest()).isSameAs(request);
          assertThat(async.getResponse()).isSameAs(answer);
        });
  }

  @Test
  void otherAttribute_readInBackgroundRequest_leavesResponseUnchanged() {
    browser.open(NOTHING);

    assertThat(cacheControl((request, answer) -> request.getAttribute("theirs"))).isNull();
  }

  // ---- the cookie's twin under a Domain

  @Test
  void hostOnlyTwin_refreshUnderDomain_isExpired() {
    shop.domain = "shop.example";
    browser.user = "user-1";
    shop.link("user-1", "mine");
    browser.cookies.put("kameleoonVisitorCode", "hostonly");

    assertThat(underTheDomain(Page.reading(Visitor::refresh)))
        .anyMatch(header -> header.startsWith("kameleoonVisitorCode=;"));
  }

  @Test
  void hostOnlyTwin_besideStoredCode_isExpired() {
    shop.domain = "shop.example";
    browser.user = "user-1";
    shop.link("user-1", "mine");
    browser.cookies.put("kameleoonVisitorCode", "hostonly; kameleoonVisitorCode=mine");

    assertThat(underTheDomain(NOTHING))
        .anyMatch(header -> header.startsWith("kameleoonVisitorCode=;"))
        .anyMatch(header -> header.startsWith("kameleoonVisitorCode=mine;"));
  }

  // ---- resolvers

  @Test
  void consentResolver_readsVisitor_visitorIsWithheld() {
    shop.consent =
        new ConsentReader(
            true,
            request ->
                ((Visitor) request.getAttribute(Visitor.ATTRIBUTE)).isKnown()
                    ? Consent.GIVEN
                    : Consent.PENDING,
            "",
            "");

    browser.open(seeing(Outcome.WITHHELD));
  }

  @Test
  void userIdResolver_readsVisitor_visitorIsUnresolved() {
    shop.users = request -> ((Visitor) request.getAttribute(Visitor.ATTRIBUTE)).getUserId();

    browser.open(seeing(Outcome.UNRESOLVED));
  }

  @Test
  void logout_userUndetermined_keepsCode() {
    shop.renewAfterSignOut = true;
    browser.user = "user-1";
    browser.open(NOTHING);
    shop.users =
        request -> {
          if (request.getRemoteUser() == null) {
            throw new IllegalStateException();
          }
          return request.getRemoteUser();
        };
    browser.open(
        (request, answer) -> {
          request.logout();
          assertThat(((Visitor) request.getAttribute(Visitor.ATTRIBUTE)).getOutcome())
              .isEqualTo(Outcome.UNRESOLVED);
        });

    assertThat(browser.code()).isEqualTo("new-1");
  }

  @Test
  void loginAndAuthenticate_throughRequest_takeEffectAtOnce() {
    shop.link("user-1", "mine");
    for (Page signIn :
        java.util.List.<Page>of(
            (request, answer) -> request.login("user-1", "demo"),
            (request, answer) -> assertThat(request.authenticate(answer)).isTrue())) {
      TestShop.Browser stranger = shop.new Browser();
      stranger.send(
          new ContainerLogin(),
          (request, answer) -> {
            Visitor visitor = (Visitor) request.getAttribute(Visitor.ATTRIBUTE);
            assertThat(visitor.isKnown()).isFalse();
            signIn.serve(request, answer);
            assertThat(visitor.getUserId()).isEqualTo("user-1");
            assertThat(visitor.getOutcome()).isEqualTo(Outcome.RESTORED);
          });
      assertThat(stranger.code()).isEqualTo("mine");
    }
  }

  /** A request of a server on which user-1 is signed in. */
  private static final class ContainerLogin extends MockHttpServletRequest {

    ContainerLogin() {
      super("GET", "/");
      setServletPath("/");
    }

    @Override
    public void login(String user, String password) {
      setRemoteUser(user);
    }

    @Override
    public boolean authenticate(HttpServletResponse response) {
      setRemoteUser("user-1");
      return true;
    }
  }

  @Test
  void authenticate_refused_returnsFalse() {
    MockHttpServletRequest refused =
        new MockHttpServletRequest("GET", "/") {
          @Override
          public boolean authenticate(HttpServletResponse response) {
            return false;
          }
        };
    refused.setServletPath("/");
    browser.send(refused, (request, answer) -> assertThat(request.authenticate(answer)).isFalse());
  }

  // ---- one variation

  @Test
  void variation_byKey_isDecidedAndTrackedOnce() {
    browser.open(
        Page.reading(
            visitor -> {
              Variation banner = visitor.variation("banner");
              assertThat(banner.getKey()).isEqualTo("on");
              assertThat(visitor.getVariations().get("banner")).isSameAs(banner);
              assertThat(visitor.variation("nosuch").getReason()).isEqualTo(Reason.NOT_FOUND);
              assertThat(visitor.variation(null).getReason()).isEqualTo(Reason.NOT_FOUND);
            }));

    assertThat(shop.decisions.calls)
        .containsExactly("decide new-1 banner exposed", "decide new-1 nosuch exposed");
  }

  // ---- decisions before the visitor changed

  @Test
  void variations_afterLogin_areDecidedForUser() {
    shop.users = request -> (String) request.getAttribute("test.user");
    shop.link("user-1", "mine");
    browser.open(
        (request, answer) -> {
          Visitor visitor = (Visitor) request.getAttribute(Visitor.ATTRIBUTE);
          Variation entry = visitor.getVariations().values().iterator().next();
          visitor.getVariations().get("banner").getKey();
          request.setAttribute("test.user", "user-1");
          visitor.refresh();
          assertThat(shop.decisions.calls).containsExactly("decide new-1 banner exposed");
          assertThat(entry.getKey()).isEqualTo("on");
        });

    assertThat(shop.decisions.calls)
        .containsExactly("decide new-1 banner exposed", "decide mine banner exposed");
  }

  @Test
  void variation_decidedBeforeConsentRefusal_isWithheldAfterwards() {
    shop.consent = new ConsentReader(true, null, "agreed", "yes");
    browser.cookies.put("agreed", "yes");
    browser.cookies.put("kameleoonVisitorCode", "mine");
    MockHttpServletRequest prefetch = browser.navigation();
    prefetch.addHeader("Sec-Purpose", "prefetch");
    browser.send(
        prefetch,
        (request, answer) -> {
          RequestVisitor visitor = (RequestVisitor) request.getAttribute(Visitor.ATTRIBUTE);
          assertThat(visitor.getVariations().get("banner").getKey()).isEqualTo("on");
          visitor.scope().forApi().answerConsent(false, null);
          assertThat(visitor.getVariations().get("banner").getReason()).isEqualTo(Reason.WITHHELD);
        });
  }

  @Test
  void exposures_ofPreviousVisitor_areNotReportedByPrefetchedPage() {
    shop.link("user-1", "mine");
    shop.users = request -> (String) request.getAttribute("test.user");
    browser.cookies.put("kameleoonVisitorCode", "other");
    MockHttpServletRequest prefetch = browser.navigation();
    prefetch.addHeader("Sec-Purpose", "prefetch");
    browser.send(
        prefetch,
        (request, answer) -> {
          Visitor visitor = (Visitor) request.getAttribute(Visitor.ATTRIBUTE);
          visitor.variation("banner").getKey();
          assertThat(visitor.getEngineTrackingCode()).contains("Experiments");
          request.setAttribute("test.user", "user-1");
          visitor.refresh();
          assertThat(visitor.getEngineTrackingCode()).isEmpty();
        });
  }

  @Test
  void conversion_firstEventOfVisitor_followsConsentAndUserAgent() {
    shop.consent = new ConsentReader(true, null, "agreed", "yes");
    browser.cookies.put("agreed", "yes");
    MockHttpServletRequest request = browser.navigation();
    request.addHeader("User-Agent", "Firefox");
    browser.send(request, Page.reading(visitor -> visitor.trackConversion(17, 2)));

    assertThat(shop.decisions.calls)
        .containsExactly("consent new-1 true", "agent new-1 Firefox", "conversion new-1 17 2.0");
  }

  // ---- calls at unusual times and with unusual values

  @Test
  void signOut_beforeFirstRead_usesCookieVisitor() {
    shop.renewAfterSignOut = true;
    browser.cookies.put("kameleoonVisitorCode", "mine");
    ApiBrowser api = new ApiBrowser(browser);
    browser.send(
        api.request("GET", "/visitorCode"),
        (request, answer) -> {
          Visitor visitor = (Visitor) request.getAttribute(Visitor.ATTRIBUTE);
          assertThat(visitor.toString()).isEqualTo("Visitor[not resolved]");
          visitor.signOut();
          assertThat(visitor.getOutcome()).isEqualTo(Outcome.ISSUED);
        });
  }

  @Test
  void unreadVisitor_afterRequest_isUnresolvedAndSetsNoAttribute() {
    ApiBrowser api = new ApiBrowser(browser);
    MockHttpServletRequest call = api.request("GET", "/visitorCode");
    browser.send(call, NOTHING);
    Visitor visitor = (Visitor) call.getAttribute(Visitor.ATTRIBUTE);
    call.clearAttributes();

    assertThat(visitor.getOutcome()).isEqualTo(Outcome.UNRESOLVED);
    assertThat(call.getAttributeNames().hasMoreElements()).isFalse();
  }

  @Test
  void customData_nullValues_areOmitted() {
    browser.open(
        Page.reading(
            visitor -> {
              visitor.addCustomData(1, (String) null);
              visitor.addCustomData(1, (String[]) null);
              visitor.addCustomData(1);
              visitor.addCustomData(1, null, "a");
            }));

    assertThat(shop.decisions.calls).containsExactly("data new-1 1 [a]");
  }

  private String cacheControl(Page page) {
    return browser.send(browser.background("GET"), page).getHeader("Cache-Control");
  }

  private java.util.List<String> underTheDomain(Page page) {
    MockHttpServletRequest request = browser.navigation();
    request.setServerName("www.shop.example");
    MockHttpServletResponse response = browser.send(request, page);
    return response.getHeaders("Set-Cookie");
  }

  private static Page seeing(Outcome outcome) {
    return Page.reading(visitor -> assertThat(visitor.getOutcome()).isEqualTo(outcome));
  }
}
