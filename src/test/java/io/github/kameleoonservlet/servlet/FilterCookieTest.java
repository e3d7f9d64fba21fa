package io.github.kameleoonservlet.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kameleoonservlet.Visitor;
import io.github.kameleoonservlet.identity.Outcome;
import io.github.kameleoonservlet.servlet.TestShop.Page;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.MappingMatch;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletMapping;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

/** Tests the visitor cookie that the filter writes. */
class FilterCookieTest {

  private static final Page NOTHING = (request, response) -> {};

  private final TestShop shop = new TestShop();
  private final TestShop.Browser browser = shop.new Browser();

  @Test
  void backgroundRequest_unchangedCode_writesNoCookie() {
    browser.open(NOTHING);

    assertThat(cookies(browser.send(browser.background("GET"), NOTHING))).isEmpty();
  }

  @Test
  void backgroundRequest_firstOfVisitor_getsCode() {
    assertThat(cookies(browser.send(browser.background("GET"), NOTHING))).hasSize(1);
  }

  @Test
  void cookie_oldScriptPrefix_isCorrectedByPage() {
    browser.cookies.put("kameleoonVisitorCode", "_js_abc");

    browser.send(browser.background("GET"), NOTHING);
    assertThat(browser.code()).isEqualTo("_js_abc");
    browser.open(seeing(Outcome.RECOGNIZED));
    assertThat(browser.code()).isEqualTo("abc");
  }

  @Test
  void hostOnlyCookie_oldScriptPrefix_isCorrectedByOnePage() {
    shop.domain = "localhost";
    browser.cookies.put("kameleoonVisitorCode", "_js_abc");

    assertThat(cookies(browser.open(NOTHING)))
        .satisfiesExactly(
            twin -> assertThat(twin).contains("=; ", "Max-Age=0;").doesNotContain("Domain"),
            code -> assertThat(code).contains("=abc; ", "Domain=localhost"));
  }

  @Test
  void crossSitePost_withoutCookies_keepsCode() {
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
  void restoredRequest_earlierCookies_createsNoCode() {
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
  void newBrowser_underDomain_getsDomainCookieOnly() {
    assertDomainCookieOnly("new-1");
  }

  @Test
  void oldHostCookie_underDomain_isReplacedByDomainCookie() {
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
  void excludedPath_anyRequest_hasAttributesButNoCookieAndNoWrapper() {
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
  void excludedServlet_readsCode_isPrivateWithoutCookie() {
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
  void applicationCookies_ofOtherNames_areKept() {
    MockHttpServletResponse response =
        browser.open(
            (request, answer) -> {
              answer.setHeader("Set-Cookie", "kameleoonVisitorCode=theirs");
              answer.addCookie(new Cookie("basket", "7"));
              answer.addCookie(new Cookie("kameleoonVisitorCode", "theirs"));
              answer.addHeader("Set-Cookie", "kameleoonVisitorCode=theirs; Path=/");
              answer.addHeader("Set-Cookie", "theme=dark");
            });

    assertThat(cookies(response))
        .filteredOn(header -> header.startsWith("kameleoonVisitorCode="))
        .singleElement()
        .asString()
        .contains("new-1");
    assertThat(browser.cookies).containsKeys("basket", "theme");
  }

  @Test
  void reset_ofResponse_keepsCookieAndCacheControl() {
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

  private static Page seeing(Outcome outcome) {
    return Page.reading(visitor -> assertThat(visitor.getOutcome()).isEqualTo(outcome));
  }

  private static List<String> cookies(MockHttpServletResponse response) {
    return response.getHeaders("Set-Cookie");
  }
}
