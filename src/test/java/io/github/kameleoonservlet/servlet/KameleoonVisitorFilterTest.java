package io.github.kameleoonservlet.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import io.github.kameleoonservlet.RecordedLog;
import io.github.kameleoonservlet.Visitor;
import io.github.kameleoonservlet.decision.Reason;
import io.github.kameleoonservlet.decision.Variation;
import io.github.kameleoonservlet.identity.Outcome;
import io.github.kameleoonservlet.identity.VisitorCode;
import io.github.kameleoonservlet.internal.config.Parameters;
import io.github.kameleoonservlet.internal.config.UserIds;
import io.github.kameleoonservlet.internal.http.ContainerObjects;
import io.github.kameleoonservlet.internal.visitor.ConsentReader;
import io.github.kameleoonservlet.servlet.TestShop.Page;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import jakarta.servlet.http.MappingMatch;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockFilterConfig;
import org.springframework.mock.web.MockHttpServletMapping;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

class KameleoonVisitorFilterTest {

  private static final Page NOTHING = (request, response) -> {};

  private final TestShop shop = new TestShop();
  private final TestShop.Browser browser = shop.new Browser();

  // ---- codes and users

  @Test
  void anonymous_firstPage_isIssuedACodeThatStays() {
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
  void twoBrowsersOfOneUser_endWithOneCode() {
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
  void nextUserOfTheSameBrowser_doesNotInheritTheCode() {
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
  void attributes_areThereBeforeTheApplicationRuns() {
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
  void withoutFeatureKey_thereIsNoVariationAttribute() {
    browser.open(
        (request, response) -> {
          assertThat(request.getAttribute("kameleoonVariation")).isNull();
          assertThat(((Visitor) request.getAttribute("kameleoonVisitor")).getVariation()).isNull();
        });
  }

  @Test
  void resolverThatThrows_isNotTakenForAnonymous() {
    browser.open(NOTHING);
    shop.users =
        request -> {
          throw new IllegalStateException("user-1 is secret");
        };

    MockHttpServletResponse response = browser.open(seeing(Outcome.UNRESOLVED));

    assertThat(cookies(response)).isEmpty();
  }

  @Test
  void userId_leadingNowhere_isSaidOnceWithWhatIsMissing() throws Exception {
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
  void resolverThatThrows_isLoggedWithoutItsMessage() {
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
  void storeDown_pageIsServedAndCookieUntouched() {
    browser.open(NOTHING);
    shop.store = new DownStore();
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

  // ---- the cookie

  @Test
  void background_unchangedCode_isNotRefreshed() {
    browser.open(NOTHING);

    assertThat(cookies(browser.send(browser.background("GET"), NOTHING))).isEmpty();
  }

  @Test
  void background_firstRequestOfAll_isIssuedACode() {
    assertThat(cookies(browser.send(browser.background("GET"), NOTHING))).hasSize(1);
  }

  @Test
  void oldScriptPrefix_isPutRightOnAPage() {
    browser.cookies.put("kameleoonVisitorCode", "_js_abc");

    browser.send(browser.background("GET"), NOTHING);
    assertThat(browser.code()).isEqualTo("_js_abc");
    browser.open(seeing(Outcome.RECOGNIZED));
    assertThat(browser.code()).isEqualTo("abc");
  }

  @Test
  void oldScriptPrefix_hostOnlyUnderTheDomain_isPutRightByOnePage() {
    shop.domain = "localhost";
    browser.cookies.put("kameleoonVisitorCode", "_js_abc");

    assertThat(cookies(browser.open(NOTHING)))
        .satisfiesExactly(
            twin -> assertThat(twin).contains("=; ", "Max-Age=0;").doesNotContain("Domain"),
            code -> assertThat(code).contains("=abc; ", "Domain=localhost"));
  }

  @Test
  void crossSitePost_withoutItsCookies_doesNotDestroyTheCode() {
    browser.open(NOTHING);
    String code = browser.code();
    MockHttpServletRequest post = new MockHttpServletRequest("POST", "/payment/return");
    post.addHeader("Sec-Fetch-Site", "cross-site");
    post.addHeader("Sec-Fetch-Mode", "navigate");
    post.addHeader("Sec-Fetch-Dest", "document");

    TestShop.Browser withoutLaxCookies = shop.new Browser();
    MockHttpServletResponse response =
        withoutLaxCookies.send(
            post,
            Page.reading(
                visitor -> {
                  assertThat(visitor.getOutcome()).isEqualTo(Outcome.UNRESOLVED);
                  assertThat(visitor.getVariations().get("banner").getKey()).isEqualTo("off");
                }));

    assertThat(cookies(response)).isEmpty();
    assertThat(shop.decisions.calls).isEmpty();
    assertThat(browser.code()).isEqualTo(code);
  }

  @ParameterizedTest
  @ValueSource(strings = {"HEAD", "prefetch"})
  void headOrPrefetch_withCookie_decidesWithoutExposure(String kind) {
    browser.open(NOTHING);
    MockHttpServletRequest passive = browser.navigation();
    if (kind.equals("HEAD")) {
      passive.setMethod("HEAD");
    } else {
      passive.addHeader("Sec-Purpose", "prefetch;prerender");
    }
    browser.send(passive, Page.reading(visitor -> visitor.getVariations().get("banner")));

    assertThat(shop.decisions.calls).containsExactly("decide new-1 banner");
  }

  @Test
  void requestRestoredByTheServer_withCookiesOfBefore_drawsNoCode() {
    browser.user = "user-1";
    MockHttpServletRequest restored = browser.navigation();
    restored.setRequestedSessionId("the-browsers-own");
    restored.setRequestedSessionIdFromCookie(true);

    MockHttpServletResponse response = browser.send(restored, seeing(Outcome.UNRESOLVED));

    assertThat(cookies(response)).isEmpty();
    browser.cookies.put("JSESSIONID", "the-browsers-own");
    MockHttpServletRequest next = browser.navigation();
    next.setRequestedSessionId("the-browsers-own");
    next.setRequestedSessionIdFromCookie(true);
    browser.send(next, seeing(Outcome.LINKED));
  }

  @Test
  void newBrowser_underTheDomain_getsDomainCookieOnly() {
    assertDomainCookieOnly("new-1");
  }

  @Test
  void browserWithOldCookie_underTheDomain_keepsDomainCookieOnly() {
    shop.link("user-1", "mine");
    browser.user = "user-1";
    browser.cookies.put("kameleoonVisitorCode", "old");

    assertDomainCookieOnly("mine");
  }

  private void assertDomainCookieOnly(String code) {
    shop.domain = "shop.example";
    MockHttpServletRequest request = browser.navigation();
    request.setServerName("www.shop.example");

    assertThat(cookies(browser.send(request, NOTHING)))
        .satisfiesExactly(
            twin -> assertThat(twin).startsWith("kameleoonVisitorCode=; Path=/; Max-Age=0;"),
            cookie ->
                assertThat(cookie)
                    .startsWith("kameleoonVisitorCode=" + code + "; Path=/; Domain=shop.example;"));
  }

  @Test
  void excludedPath_hasAttributesButNoCookieAndNoWrapper() {
    MockHttpServletRequest css = browser.background("GET");
    css.setServletPath("/shop.css");
    css.setHttpServletMapping(new MockHttpServletMapping("", "/", "default", MappingMatch.DEFAULT));

    MockHttpServletResponse response =
        browser.send(
            css,
            (request, answer) -> {
              assertThat(request).isSameAs(css);
              assertThat(request.getAttribute("kameleoonVisitor")).isInstanceOf(Visitor.class);
              assertThat(request.getAttribute("kameleoonVisitorCode"))
                  .as("read without a wrapper, it would not make the answer private")
                  .isNull();
              answer.setHeader("Cache-Control", "public, max-age=600");
            });

    assertThat(cookies(response)).isEmpty();
    assertThat(response.getHeader("Cache-Control")).isEqualTo("public, max-age=600");
  }

  @Test
  void excludedPathOfAServlet_thatShowsTheCode_isPrivateWithoutACookie() {
    MockHttpServletRequest account = browser.navigation();
    account.setServletPath("/account");
    account.setPathInfo("/x.css");
    account.setHttpServletMapping(
        new MockHttpServletMapping("x.css", "/account/*", "account", MappingMatch.PATH));

    MockHttpServletResponse response =
        browser.send(
            account,
            (request, answer) -> {
              answer.setHeader("CDN-Cache-Control", "max-age=600");
              answer.getWriter().print(request.getAttribute("kameleoonVisitorCode"));
              answer.setHeader("Cache-Control", "public, max-age=600");
              answer.setHeader("Surrogate-Control", "max-age=600");
            });

    assertThat(cookies(response)).isEmpty();
    assertThat(response.getHeader("Cache-Control")).isEqualTo("private, max-age=600");
    assertThat(response.getHeader("CDN-Cache-Control")).isEqualTo("no-store");
    assertThat(response.getHeader("Surrogate-Control")).isNull();
  }

  @Test
  void applicationsOwnCookies_areKeptAndItsVisitorCookieIsNot() {
    MockHttpServletResponse response =
        browser.open(
            (request, answer) -> {
              answer.addCookie(new Cookie("basket", "7"));
              answer.addCookie(new Cookie("kameleoonVisitorCode", "theirs"));
              answer.addHeader("Set-Cookie", "kameleoonVisitorCode=theirs; Path=/");
              answer.addHeader("Set-Cookie", "theme=dark");
              answer.setHeader("Set-Cookie", "kameleoonVisitorCode=theirs");
            });

    assertThat(cookies(response))
        .filteredOn(header -> header.startsWith("kameleoonVisitorCode="))
        .singleElement()
        .asString()
        .contains("new-1");
    assertThat(browser.cookies).containsKeys("basket", "theme");
  }

  @Test
  void reset_leavesCookieAndCacheControl() {
    MockHttpServletResponse response =
        browser.open(
            (request, answer) -> {
              answer.setHeader("X-Theirs", "1");
              answer.reset();
              answer.setHeader("Set-Cookie", "theme=dark");
            });

    assertThat(cookies(response)).anyMatch(header -> header.startsWith("kameleoonVisitorCode="));
    assertThat(browser.cookies).containsKeys("theme", "kameleoonVisitorCode");
    assertThat(response.getHeader("Cache-Control")).isEqualTo("private");
    assertThat(response.getHeader("X-Theirs")).isNull();
  }

  // ---- shared caches

  @Test
  void page_isPrivateAgainstTheApplicationsOwnHeader() {
    MockHttpServletResponse response =
        browser.open(
            (request, answer) -> {
              answer.setHeader("Cache-Control", "public, max-age=60");
              answer.addHeader("cache-control", "s-maxage=600");
            });

    assertThat(response.getHeader("Cache-Control")).isEqualTo("private, max-age=60");
  }

  @Test
  void background_isPrivateOnlyOnceTheVisitorIsRead() {
    browser.open(NOTHING);
    Page unread = (request, answer) -> answer.setHeader("Cache-Control", "public, max-age=60");
    Page read =
        (request, answer) -> {
          unread.serve(request, answer);
          ((Visitor) request.getAttribute("kameleoonVisitor")).getVariations().get("banner");
          answer.addHeader("Cache-Control", "public");
        };

    assertThat(browser.send(browser.background("GET"), unread).getHeader("Cache-Control"))
        .isEqualTo("public, max-age=60");
    assertThat(browser.send(browser.background("GET"), read).getHeader("Cache-Control"))
        .isEqualTo("private, max-age=60");
  }

  @ParameterizedTest
  @ValueSource(strings = {"setContentType", "setHeader", "addHeader"})
  void page_requestedAsSomethingElse_isPrivateBeforeItIsCommitted(String by) {
    browser.open(NOTHING);

    MockHttpServletResponse response =
        browser.send(
            browser.background("GET"),
            (request, answer) -> {
              switch (by) {
                case "setContentType" -> answer.setContentType("Text/HTML;charset=UTF-8");
                case "setHeader" -> answer.setHeader("Content-Type", "text/html");
                default -> answer.addHeader("content-type", "application/xhtml+xml");
              }
              answer.setHeader("Cache-Control", "public, max-age=60");
              answer.flushBuffer();
              answer.getWriter().print(request.getAttribute("kameleoonVisitorCode"));
            });

    assertThat(response.getHeader("Cache-Control")).isEqualTo("private, max-age=60");
  }

  @Test
  void page_ofAnExcludedPath_isTheApplications() {
    MockHttpServletRequest help = browser.navigation();
    help.setServletPath("/help.css");

    MockHttpServletResponse response =
        browser.send(
            help,
            (request, answer) -> {
              answer.setContentType("text/html");
              answer.setHeader("Cache-Control", "public, max-age=60");
            });

    assertThat(response.getHeader("Cache-Control")).isEqualTo("public, max-age=60");
  }

  @Test
  void asyncDispatch_publicPage_isPrivate() throws Exception {
    KameleoonVisitorFilter filter = shop.filter();
    MockHttpServletRequest request = browser.navigation();
    request.setAsyncSupported(true);
    MockHttpServletResponse response = new MockHttpServletResponse();
    filter.doFilter(request, response, (req, res) -> req.startAsync());
    request.setDispatcherType(DispatcherType.ASYNC);

    filter.doFilter(request, response, (req, res) -> makePublic((HttpServletResponse) res));

    assertThat(response.getHeader("Cache-Control")).isEqualTo("private, max-age=60");
    assertThat(cookies(response)).singleElement().asString().contains("new-1");
  }

  @Test
  void forward_byTheServersServletForFiles_isGuarded() throws Exception {
    KameleoonVisitorFilter filter = shop.filter();
    MockHttpServletRequest request = browser.navigation();
    request.setServletPath("/theme.css");
    request.setHttpServletMapping(
        new MockHttpServletMapping("", "/", "default", MappingMatch.DEFAULT));
    MockHttpServletResponse response = new MockHttpServletResponse();

    filter.doFilter(
        request,
        response,
        (req, res) -> {
          request.setDispatcherType(DispatcherType.FORWARD);
          filter.doFilter(
              req,
              res,
              (forwarded, answer) -> {
                answer.getWriter().print(forwarded.getAttribute("kameleoonVisitorCode"));
                makePublic((HttpServletResponse) answer);
              });
        });

    assertThat(response.getContentAsString()).isEqualTo("new-1");
    assertThat(response.getHeader("Cache-Control")).isEqualTo("private, max-age=60");
  }

  /** Tomcat and Undertow get the writer then; their own adds a charset to the response. */
  @Test
  void forward_withoutBody_doesNotGetTheContainersWriter() throws Exception {
    KameleoonVisitorFilter filter = shop.filter();
    MockHttpServletRequest request = browser.navigation();
    MockHttpServletResponse response = new MockHttpServletResponse();

    filter.doFilter(
        request,
        response,
        (req, res) -> {
          request.setDispatcherType(DispatcherType.FORWARD);
          filter.doFilter(req, res, (forwarded, answer) -> {});
          res.getWriter().print("too late");
        });

    assertThat(response.getContentAsByteArray()).isEmpty();
  }

  @Test
  void include_withoutBody_leavesWriterToPage() throws Exception {
    KameleoonVisitorFilter filter = shop.filter();
    MockHttpServletRequest request = browser.navigation();
    MockHttpServletResponse response = new MockHttpServletResponse();

    filter.doFilter(
        request,
        response,
        (req, res) -> {
          request.setDispatcherType(DispatcherType.INCLUDE);
          filter.doFilter(req, res, (included, answer) -> {});
          res.getWriter().print("the page");
        });

    assertThat(response.getContentAsString()).isEqualTo("the page");
  }

  @Test
  void forward_byAServlet_isPassedOn() throws Exception {
    KameleoonVisitorFilter filter = shop.filter();
    MockHttpServletRequest request = browser.navigation();

    filter.doFilter(
        request,
        new MockHttpServletResponse(),
        (req, res) -> {
          request.setDispatcherType(DispatcherType.FORWARD);
          filter.doFilter(
              req,
              res,
              (forwarded, answer) -> {
                assertThat(forwarded).isSameAs(req);
                assertThat(answer).isSameAs(res);
              });
        });
  }

  private static void makePublic(HttpServletResponse response) {
    response.setHeader("Cache-Control", "public, max-age=60");
    response.addCookie(new Cookie("kameleoonVisitorCode", "theirs"));
  }

  // ---- variations

  @Test
  void variation_isDecidedWhenReadAndOnce() {
    browser.open(
        Page.reading(
            visitor -> {
              Map<String, Variation> variations = visitor.getVariations();
              assertThat(variations.toString()).isEqualTo("{banner=Variation[banner]}");
              assertThat(variations.isEmpty()).isFalse();
              assertThat(variations.containsKey("banner")).isTrue();
              assertThat(variations.entrySet()).hasSize(1);
              assertThat(shop.decisions.calls).isEmpty();
              assertThat(variations.get("banner")).isSameAs(variations.get("banner"));
              assertThat(variations.get("nosuch").getReason()).isEqualTo(Reason.NOT_FOUND);
              assertThat(variations.getOrDefault("nosuch", null).getKey()).isEqualTo("off");
              assertThat(variations.values().iterator().next().getKey()).isEqualTo("on");
              assertThat(variations.get(null)).isNull();
            }));

    assertThat(shop.decisions.calls)
        .containsExactly("decide new-1 banner exposed", "decide new-1 nosuch exposed");
  }

  @Test
  void userAgent_isToldBeforeTheFirstDecisionOnly() {
    MockHttpServletRequest request = browser.navigation();
    request.addHeader("User-Agent", "Robot/1");
    browser.send(
        request,
        Page.reading(
            visitor -> {
              visitor.getVariations().get("banner");
              visitor.getVariations().get("nosuch");
            }));

    assertThat(shop.decisions.calls)
        .startsWith("agent new-1 Robot/1", "decide new-1 banner exposed")
        .hasSize(3);
  }

  @Test
  void eventsOfAResolvedVisitor_areTracked() {
    browser.open(
        Page.reading(
            visitor -> {
              visitor.trackConversion(3, 12.5);
              visitor.addCustomData(2, "a", "b");
              assertThat(visitor.getEngineTrackingCode()).isEqualTo("/* new-1 */");
              assertThat(visitor.toString()).doesNotContain("new-1");
            }));

    assertThat(shop.decisions.calls)
        .containsExactly("conversion new-1 3 12.5", "data new-1 2 [a, b]");
  }

  @Test
  void afterTheRequest_theVisitorAnswersFromWhatItHas() {
    AtomicReference<Visitor> kept = new AtomicReference<>();
    browser.open(
        Page.reading(
            visitor -> {
              visitor.getVariations().get("banner");
              kept.set(visitor);
            }));
    shop.decisions.calls.clear();
    Visitor visitor = kept.get();
    visitor.refresh();

    assertThat(visitor.getCode()).isEqualTo("new-1");
    assertThat(visitor.getVariations().get("banner").getKey()).isEqualTo("on");
    assertThat(visitor.getVariations().get("nosuch").getReason()).isEqualTo(Reason.UNRESOLVED);
    assertThat(shop.decisions.calls).isEmpty();
  }

  // ---- login during the request

  @Test
  void loginThroughTheRequest_takesEffectAtOnce() {
    shop.link("user-1", "mine");

    MockHttpServletResponse response =
        browser.open(
            (request, answer) -> {
              Visitor visitor = (Visitor) request.getAttribute("kameleoonVisitor");
              answer.addHeader("Set-Cookie", "theme=dark");
              visitor.getVariations().get("banner");
              signIn(request, "user-1");
              assertThat(visitor.getOutcome()).isEqualTo(Outcome.RESTORED);
              assertThat(visitor.getUserId()).isEqualTo("user-1");
              assertThat(request.getAttribute("kameleoonVisitorCode")).isEqualTo("mine");
              visitor.getVariations().get("banner");
            });

    assertThat(shop.decisions.calls)
        .containsExactly("decide new-1 banner exposed", "decide mine banner exposed");
    assertThat(browser.code()).isEqualTo("mine");
    assertThat(browser.cookies).containsEntry("theme", "dark");
    assertThat(cookies(response))
        .filteredOn(header -> header.startsWith("kameleoonVisitorCode="))
        .hasSize(1);
  }

  @Test
  void loginOfANewUser_adoptsTheCodeThatThisResponseIssues() {
    browser.open((request, answer) -> signIn(request, "user-1"));

    assertThat(browser.code()).isEqualTo("new-1");
    assertThat(shop.store.find(TestShop.key("user-1"))).contains(new VisitorCode("new-1"));
  }

  @Test
  void loginAfterTheResponseIsCommitted_waitsForTheNextRequest() {
    shop.link("user-1", "mine");
    browser.open(
        (request, answer) -> {
          answer.flushBuffer();
          signIn(request, "user-1");
          assertThat(((Visitor) request.getAttribute("kameleoonVisitor")).getCode())
              .isEqualTo("new-1");
        });

    assertThat(browser.code()).isEqualTo("new-1");
    browser.user = "user-1";
    browser.open(seeing(Outcome.RESTORED));
    assertThat(browser.code()).isEqualTo("mine");
  }

  @Test
  void refresh_seesALoginKeptInTheSession() {
    shop.users = request -> (String) request.getAttribute("test.user");
    shop.link("user-1", "mine");

    browser.open(
        (request, answer) -> {
          request.setAttribute("test.user", "user-1");
          ((Visitor) request.getAttribute("kameleoonVisitor")).refresh();
        });

    assertThat(browser.code()).isEqualTo("mine");
  }

  @Test
  void signOut_keepsTheCodeByDefault() {
    browser.user = "user-1";
    browser.open(
        Page.reading(
            visitor -> {
              visitor.signOut();
              assertThat(visitor.isKnown()).isFalse();
              assertThat(visitor.getOutcome()).isEqualTo(Outcome.RECOGNIZED);
            }));

    assertThat(browser.code()).isEqualTo("new-1");
  }

  @Test
  void signOut_renewing_givesTheSharedDeviceANewCode() {
    shop.renewAfterSignOut = true;
    browser.user = "user-1";
    browser.open(NOTHING);
    MockHttpServletResponse response = browser.open(Page.reading(Visitor::signOut));

    assertThat(browser.code()).isEqualTo("new-2");
    assertThat(cookies(response)).hasSize(1);
    browser.open(seeing(Outcome.RESTORED));
    assertThat(browser.code()).isEqualTo("new-1");
  }

  @Test
  void signOut_renewing_inAPostFromAnotherSite_leavesNoCode() {
    shop.renewAfterSignOut = true;
    browser.user = "user-1";
    browser.open(NOTHING);
    MockHttpServletRequest post = new MockHttpServletRequest("POST", "/");
    post.setServletPath("/");
    post.addHeader("Sec-Fetch-Site", "cross-site");
    post.addHeader("Sec-Fetch-Mode", "navigate");
    post.addHeader("Sec-Fetch-Dest", "document");
    browser.cookies.clear();

    browser.send(post, Page.reading(Visitor::signOut));
    assertThat(browser.code()).isNull();

    browser.user = null;
    browser.cookies.put("kameleoonVisitorCode", "somebody");
    MockHttpServletRequest anonymous = new MockHttpServletRequest("POST", "/");
    anonymous.setServletPath("/");
    anonymous.addHeader("Sec-Fetch-Site", "cross-site");
    browser.send(anonymous, Page.reading(Visitor::signOut));
    assertThat(browser.code()).as("nobody was signed in").isEqualTo("somebody");
  }

  @Test
  void logoutThroughTheRequest_signsOut() {
    shop.renewAfterSignOut = true;
    browser.user = "user-1";
    browser.open(NOTHING);
    browser.open((request, answer) -> request.logout());

    assertThat(browser.code()).isEqualTo("new-2");
  }

  @Test
  void logoutOfAUserWhomTheApplicationKeepsElsewhere_changesNothing() {
    shop.renewAfterSignOut = true;
    shop.users = request -> "user-1";
    browser.open(NOTHING);
    browser.open((request, answer) -> request.logout());

    assertThat(browser.code()).isEqualTo("new-1");
  }

  // ---- consent

  @Test
  void consentPending_nothingIsWrittenAndNothingSent() {
    shop.consent = new ConsentReader(true, null, "agreed", "yes");
    MockHttpServletResponse response =
        browser.open(
            Page.reading(
                visitor -> {
                  assertThat(visitor.getOutcome()).isEqualTo(Outcome.WITHHELD);
                  assertThat(visitor.getVariations().get("banner").getReason())
                      .isEqualTo(Reason.WITHHELD);
                  visitor.trackConversion(1, 2);
                  visitor.addCustomData(1, "x");
                  assertThat(visitor.getEngineTrackingCode()).isEmpty();
                }));

    assertThat(cookies(response)).isEmpty();
    assertThat(shop.decisions.calls).isEmpty();
  }

  @Test
  void consentGiven_isToldBeforeTheFirstDecision() {
    shop.consent = new ConsentReader(true, null, "agreed", "yes");
    browser.cookies.put("agreed", "yes");
    browser.open(Page.reading(visitor -> visitor.getVariations().get("banner")));

    assertThat(shop.decisions.calls)
        .containsExactly("consent new-1 true", "decide new-1 banner exposed");
  }

  @Test
  void consentRefused_deletesTheCookie() {
    shop.consent = new ConsentReader(true, null, "agreed", "yes");
    browser.cookies.put("kameleoonVisitorCode", "mine");
    browser.cookies.put("agreed", "no");
    browser.open(seeing(Outcome.WITHHELD));

    assertThat(browser.code()).isNull();
  }

  @Test
  void consentResolverThatThrowsOrSaysNull_isAsIfNotAnswered() {
    shop.consent =
        new ConsentReader(
            true,
            request -> {
              throw new IllegalStateException("user-1");
            },
            "",
            "");
    browser.cookies.put("kameleoonVisitorCode", "mine");
    browser.open(seeing(Outcome.WITHHELD));
    shop.consent = new ConsentReader(true, request -> null, "", "");
    browser.open(seeing(Outcome.WITHHELD));

    assertThat(browser.code()).isEqualTo("mine");
  }

  // ---- dispatches

  @ParameterizedTest
  @EnumSource(
      value = DispatcherType.class,
      names = {"FORWARD", "INCLUDE"})
  void forwardOrInclude_throughTheFilter_seesTheSameVisitor(DispatcherType dispatch) {
    List<Object> seen = new ArrayList<>();
    browser.open(
        (request, answer) -> {
          seen.add(request.getAttribute("kameleoonVisitor"));
          ((MockHttpServletRequest) ContainerObjects.request(request)).setDispatcherType(dispatch);
          shop.filter()
              .doFilter(
                  request,
                  answer,
                  (dispatched, same) -> seen.add(dispatched.getAttribute("kameleoonVisitor")));
        });

    assertThat(seen).hasSize(2).allMatch(visitor -> visitor == seen.get(0));
  }

  @Test
  void errorPage_hasTheVisitorAndTheCookieAgain() throws Exception {
    MockHttpServletRequest request = browser.navigation();
    request.setAsyncSupported(true);
    MockHttpServletResponse response = new MockHttpServletResponse();
    KameleoonVisitorFilter filter = shop.filter();
    assertThatThrownBy(
            () ->
                filter.doFilter(
                    request,
                    response,
                    (req, res) -> {
                      throw new ServletException("broken");
                    }))
        .hasMessage("broken");
    response.reset();
    request.setDispatcherType(DispatcherType.ERROR);

    List<String> seen = new ArrayList<>();
    filter.doFilter(
        request,
        response,
        (req, res) -> {
          Visitor visitor = (Visitor) req.getAttribute("kameleoonVisitor");
          seen.add(visitor.getCode() + " " + visitor.getVariations().get("banner").getKey());
        });

    assertThat(seen).containsExactly("new-1 on");
    assertThat(cookies(response)).singleElement().asString().contains("new-1");
    assertThat(response.getHeader("Cache-Control")).isEqualTo("private");
  }

  @Test
  void attributeOfAnotherApplication_isNotMistakenForOurs() throws Exception {
    MockHttpServletRequest request = browser.navigation();
    request.setAttribute("kameleoonVisitor", "another class loader's");

    browser.send(request, seeing(Outcome.ISSUED));
  }

  @Test
  void asynchronous_visitorLivesUntilCompletion() throws Exception {
    MockHttpServletRequest request = browser.navigation();
    AtomicReference<Visitor> kept = new AtomicReference<>();
    browser.send(
        request,
        (req, res) -> {
          kept.set((Visitor) req.getAttribute("kameleoonVisitor"));
          request.startAsync();
        });

    assertThat(kept.get().getVariations().get("banner").getKey()).isEqualTo("on");
    request.getAsyncContext().complete();
    assertThat(kept.get().getVariations().get("other").getReason()).isEqualTo(Reason.UNRESOLVED);
  }

  @Test
  void asynchronous_publicOnTheServersResponse_isPrivateWhenTheVisitorIsRead() {
    MockHttpServletResponse response =
        browser.send(
            browser.background("GET"),
            (req, res) -> {
              req.startAsync();
              HttpServletResponse servers =
                  (HttpServletResponse) ((HttpServletResponseWrapper) res).getResponse();
              servers.setHeader("Cache-Control", "public, max-age=60");
              ((Visitor) req.getAttribute("kameleoonVisitor")).getVariations().get("banner");
            });

    assertThat(response.getHeaders("Cache-Control")).containsExactly("private, max-age=60");
  }

  @Test
  void headerWithoutAName_isTheServersAffair() {
    MockHttpServletRequest request = browser.navigation();
    request.setAsyncSupported(true);
    List<String> names = new ArrayList<>();
    HttpServletResponse tomcats =
        new HttpServletResponseWrapper(new MockHttpServletResponse()) {
          @Override
          public void setHeader(String name, String value) {
            names.add(name);
          }
        };

    assertThatCode(
            () ->
                shop.filter()
                    .doFilter(
                        request,
                        tomcats,
                        (req, res) -> ((HttpServletResponse) res).setHeader(null, "value")))
        .doesNotThrowAnyException();
    assertThat(names).last().isNull();
  }

  @Test
  void nonHttpRequest_isPassedOn() throws Exception {
    ServletRequest request = new ServletRequestWrapper(browser.navigation());
    MockFilterChain chain = new MockFilterChain();

    shop.filter().doFilter(request, new MockHttpServletResponse(), chain);

    assertThat(chain.getRequest()).isSameAs(request);
  }

  @Test
  void withoutAsyncSupport_isLoggedOnce() throws Exception {
    KameleoonVisitorFilter filter = shop.filter();
    try (RecordedLog log = new RecordedLog(Level.WARN)) {
      for (boolean supported : new boolean[] {true, false, false}) {
        MockHttpServletRequest request = browser.navigation();
        request.setAsyncSupported(supported);
        filter.doFilter(request, new MockHttpServletResponse(), new MockFilterChain());
        assertThat(log.complaints()).hasSize(supported ? 0 : 1);
      }
      assertThat(log.complaints()).singleElement().asString().contains("<async-supported>");
    }
  }

  @Test
  void filter_createsNoSession() {
    MockHttpServletRequest request = browser.navigation();
    browser.send(request, Page.reading(visitor -> visitor.getVariations().get("banner")));

    assertThat(request.getSession(false)).isNull();
  }

  private static Page seeing(Outcome outcome) {
    return Page.reading(visitor -> assertThat(visitor.getOutcome()).isEqualTo(outcome));
  }

  private static List<String> cookies(MockHttpServletResponse response) {
    return response.getHeaders("Set-Cookie");
  }

  private static void signIn(HttpServletRequest request, String user) throws ServletException {
    request.login(user, "demo");
  }
}
