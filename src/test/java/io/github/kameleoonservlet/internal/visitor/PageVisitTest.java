package io.github.kameleoonservlet.internal.visitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kameleoonservlet.Visitor;
import io.github.kameleoonservlet.identity.Consent;
import io.github.kameleoonservlet.internal.config.Parameters;
import io.github.kameleoonservlet.internal.config.Settings;
import io.github.kameleoonservlet.internal.http.RequestCookies;
import io.github.kameleoonservlet.servlet.ApiBrowser;
import io.github.kameleoonservlet.servlet.KameleoonVisitorFilter;
import io.github.kameleoonservlet.servlet.TestShop;
import io.github.kameleoonservlet.servlet.TestShop.Page;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.MappingMatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockAsyncContext;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockFilterConfig;
import org.springframework.mock.web.MockHttpServletMapping;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.web.util.WebUtils;

/** Tests which requests begin and end a page for the platform. */
class PageVisitTest {

  private static final Page HTML =
      (request, response) -> {
        response.setContentType("text/html;charset=UTF-8");
        response.getWriter().write("<p>");
      };

  private final TestShop shop = new TestShop();
  private final TestShop.Browser browser = shop.new Browser();

  PageVisitTest() throws ServletException {
    set("remoteVisitorData", "trackPageViews");
    browser.cookies.put(RequestCookies.VISITOR_CODE, "mine");
  }

  private void set(String... names) throws ServletException {
    MockFilterConfig filter = new MockFilterConfig("visitor");
    for (String name : names) {
      filter.addInitParameter(name, "true");
    }
    shop.facts = Settings.read(new Parameters(filter, unset -> null)).facts();
  }

  private MockHttpServletRequest navigation() {
    MockHttpServletRequest request = browser.navigation();
    request.setServerName("shop.example");
    request.setRequestURI("/cart");
    return request;
  }

  // ---- requests that count

  @Test
  void page_navigation_beginsAndIsShownOnce() {
    browser.send(navigation(), HTML);

    assertThat(shop.decisions.pages)
        .containsExactly("begins mine", "shown mine http://shop.example/cart null");
  }

  @Test
  void page_navigation_beginsBeforeApplicationReads() {
    browser.send(
        navigation(),
        Page.reading(visitor -> assertThat(shop.decisions.pages).containsExactly("begins mine")));
  }

  @Test
  void title_changedDuringRequest_isLastTitle() {
    browser.send(
        navigation(),
        (request, response) -> {
          Visitor visitor = (Visitor) request.getAttribute(Visitor.ATTRIBUTE);
          visitor.setPageTitle("First");
          HTML.serve(request, response);
          visitor.setPageTitle("Cart");
        });

    assertThat(shop.decisions.pages).contains("shown mine http://shop.example/cart Cart");
  }

  @Test
  void userAgent_ofPage_isPassedToSdk() {
    MockHttpServletRequest request = navigation();
    request.addHeader("User-Agent", "Firefox");
    browser.send(request, HTML);

    assertThat(shop.decisions.calls).containsExactly("agent mine Firefox");
  }

  @Test
  void page_newVisitor_isShownWithoutBeginning() {
    browser.cookies.clear();
    browser.send(navigation(), HTML);

    assertThat(shop.decisions.pages).containsExactly("shown new-1 http://shop.example/cart null");
  }

  @Test
  void staticFile_page_beginsAndIsShown() {
    MockHttpServletRequest request = navigation();
    request.setHttpServletMapping(
        new MockHttpServletMapping("/", "/", "default", MappingMatch.DEFAULT));
    browser.send(request, HTML);

    assertThat(shop.decisions.pages).hasSize(2).contains("begins mine");
  }

  @Test
  void errorPage_ofApplication_beginsAndIsShown() {
    browser.send(
        navigation(),
        (request, response) -> {
          response.setStatus(404);
          HTML.serve(request, response);
        });

    assertThat(shop.decisions.pages).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"trackPageViews", "trackStaticData"})
  void page_oneTrackingSetting_isShown(String setting) throws Exception {
    set(setting);
    browser.send(navigation(), HTML);

    assertThat(shop.decisions.pages).hasSize(1).first().asString().startsWith("shown");
  }

  @Test
  void page_onlyRemoteVisitorData_beginsOnly() throws Exception {
    set("remoteVisitorData");
    browser.send(navigation(), HTML);

    assertThat(shop.decisions.pages).containsExactly("begins mine");
  }

  @Test
  void page_noSetting_isNotPassedToProvider() throws Exception {
    set();
    browser.send(navigation(), HTML);

    assertThat(shop.decisions.pages).isEmpty();
    assertThat(shop.decisions.calls).isEmpty();
  }

  // ---- requests that do not count

  @ParameterizedTest
  @CsvSource({
    "Sec-Purpose, prefetch",
    "Sec-Purpose, prefetch;prerender",
    "Sec-Fetch-Mode, cors",
    "Sec-Fetch-Mode, no-cors",
    "Sec-Fetch-Dest, iframe"
  })
  void request_notNavigation_isNotPage(String header, String value) {
    MockHttpServletRequest request = navigation();
    request.removeHeader(header);
    request.addHeader(header, value);
    browser.send(request, HTML);

    assertThat(shop.decisions.pages).isEmpty();
  }

  @Test
  void request_head_isNotPage() {
    MockHttpServletRequest request = navigation();
    request.setMethod("HEAD");
    browser.send(request, HTML);

    assertThat(shop.decisions.pages).isEmpty();
  }

  @Test
  void request_excludedPath_isNotPage() {
    MockHttpServletRequest request = navigation();
    request.setServletPath("/style.css");
    browser.send(request, HTML);

    assertThat(shop.decisions.pages).isEmpty();
  }

  @Test
  void request_consentPending_isNotPage() {
    shop.consent = new ConsentReader(true, request -> Consent.PENDING, "", "");
    browser.send(navigation(), HTML);

    assertThat(shop.decisions.pages).isEmpty();
  }

  @Test
  void request_apiCall_isNotPage() {
    MockHttpServletRequest call = ApiBrowser.call("GET", "/visitorCode");
    call.addHeader("Sec-Fetch-Mode", "navigate");
    new ApiBrowser(browser).send(call);

    assertThat(shop.decisions.pages).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "302, text/html, ",
    "303, text/html, ",
    "304, text/html, ",
    "200, application/json, ",
    "200, application/pdf, ",
    "200, , ",
    "200, text/html, attachment; filename=a.html",
    "200, text/html, ATTACHMENT",
    "204, text/html, ",
    "205, text/html, "
  })
  void response_notShownByBrowser_isNotShownPage(int status, String type, String disposition) {
    browser.send(
        navigation(),
        (request, response) -> {
          response.setStatus(status);
          if (type != null) {
            response.setContentType(type);
          }
          if (disposition != null) {
            response.setHeader("Content-Disposition", disposition);
          }
        });

    assertThat(shop.decisions.pages).containsExactly("begins mine");
  }

  @Test
  void newVisitor_cookieTooLate_hasNoPage() {
    browser.cookies.clear();
    browser.send(
        navigation(),
        (request, response) -> {
          WebUtils.getNativeResponse(response, MockHttpServletResponse.class).setCommitted(true);
          response.setContentType("text/html");
        });

    assertThat(shop.decisions.pages).isEmpty();
  }

  // ---- other dispatches

  @Test
  void errorPage_afterUncaughtException_isShownOnce() throws Exception {
    KameleoonVisitorFilter filter = shop.filter();
    MockHttpServletRequest request = navigation();
    try {
      browser.send(
          filter,
          request,
          (asked, response) -> {
            response.setContentType("text/html");
            throw new ServletException("of the page");
          });
    } catch (IllegalStateException e) {
      assertThat(e).hasRootCauseMessage("of the page");
    }
    assertThat(shop.decisions.pages).as("the container drops the response").hasSize(1);

    request.setDispatcherType(DispatcherType.ERROR);
    MockHttpServletResponse error = new MockHttpServletResponse();
    error.setStatus(500);
    error.setContentType("text/html");
    filter.doFilter(request, error, new MockFilterChain());

    assertThat(shop.decisions.pages)
        .containsExactly("begins mine", "shown mine http://shop.example/cart null");
  }

  @Test
  void asynchronousPage_complete_isShown() {
    MockHttpServletRequest request = navigation();
    browser.send(
        request,
        (asked, response) -> {
          response.setContentType("text/html");
          asked.startAsync();
        });
    assertThat(shop.decisions.pages).containsExactly("begins mine");

    ((MockAsyncContext) request.getAsyncContext()).complete();

    assertThat(shop.decisions.pages).hasSize(2);
  }

  @Test
  void asynchronousPage_dispatchedAgain_isShownOnce() throws Exception {
    KameleoonVisitorFilter filter = shop.filter();
    MockHttpServletRequest request = navigation();
    MockHttpServletResponse response =
        browser.send(filter, request, (asked, answer) -> asked.startAsync());
    MockAsyncContext async = (MockAsyncContext) request.getAsyncContext();
    request.setDispatcherType(DispatcherType.ASYNC);
    request.setAsyncStarted(false);
    response.setContentType("text/html");
    filter.doFilter(request, response, new MockFilterChain());
    async.complete();

    assertThat(shop.decisions.pages)
        .containsExactly("begins mine", "shown mine http://shop.example/cart null");
  }
}
