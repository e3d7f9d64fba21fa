package io.github.kameleoonservlet.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kameleoonservlet.Visitor;
import io.github.kameleoonservlet.servlet.TestShop.Page;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.MappingMatch;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletMapping;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

/** Tests the headers that keep pages out of shared caches. */
class FilterCacheTest {

  private static final Page NOTHING = (request, response) -> {};

  private final TestShop shop = new TestShop();
  private final TestShop.Browser browser = shop.new Browser();

  @Test
  void page_applicationSetsPublic_isPrivate() {
    MockHttpServletResponse response =
        browser.open(
            (request, answer) -> {
              answer.setHeader("Cache-Control", "public, max-age=60");
              answer.addHeader("cache-control", "s-maxage=600");
            });

    assertThat(response.getHeader("Cache-Control")).isEqualTo("private, max-age=60");
  }

  @Test
  void backgroundRequest_visitorRead_becomesPrivate() {
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
  void page_requestedAsOtherType_isPrivateBeforeCommit(String by) {
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
  void page_excludedPath_keepsApplicationHeader() {
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
  void forward_toDefaultServlet_isPrivate() throws Exception {
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

  /**
   * After a forward Tomcat and Undertow get and close the writer; opening the container's writer
   * would add a charset to the response.
   */
  @Test
  void forward_withoutBody_leavesWriterUnopened() throws Exception {
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
  void include_withoutBody_leavesWriterUnopened() throws Exception {
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
  void forward_byServlet_reachesChain() throws Exception {
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

  private static List<String> cookies(MockHttpServletResponse response) {
    return response.getHeaders("Set-Cookie");
  }
}
