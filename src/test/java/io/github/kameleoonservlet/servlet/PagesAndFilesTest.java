package io.github.kameleoonservlet.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.kameleoonservlet.Visitor;
import io.github.kameleoonservlet.decision.Reason;
import io.github.kameleoonservlet.identity.Outcome;
import io.github.kameleoonservlet.servlet.TestShop.Page;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.web.util.WebUtils;

/**
 * Tests that every page, and every response that reads the visitor, sets the cookie and is private,
 * and that all other responses stay as the application wrote them.
 */
class PagesAndFilesTest {

  private final TestShop shop = new TestShop();
  private final TestShop.Browser browser = shop.new Browser();

  // ---- no page, and the visitor is not read

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/pdf",
        "text/plain;charset=UTF-8",
        "application/xml",
        "application/json",
        "video/mp4",
        "image/svg+xml"
      })
  void file_newBrowser_isUnchanged(String type) {
    for (MockHttpServletRequest request :
        List.of(browser.navigation(), browser.background("GET"), crawler())) {
      assertUntouched(browser.send(request, publicFile(type)));
    }
    assertThat(shop.decisions.calls).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"setContentType", "setHeader", "addHeader"})
  void file_mediaTypeSetInAnyWay_isUnchanged(String by) {
    MockHttpServletResponse response =
        browser.open(
            (request, answer) -> {
              switch (by) {
                case "setContentType" -> answer.setContentType("application/pdf");
                case "setHeader" -> answer.setHeader("Content-Type", "application/pdf");
                default -> answer.addHeader("content-type", "application/pdf");
              }
              makePublic(answer);
              answer.getOutputStream().print("%PDF");
            });

    assertUntouched(response);
  }

  @Test
  void file_streamTakenBeforeMediaType_isUnchanged() {
    assertUntouched(
        browser.open(
            (request, answer) -> {
              ServletOutputStream stream = answer.getOutputStream();
              answer.setContentType("application/pdf");
              makePublic(answer);
              stream.print("%PDF");
              answer.getOutputStream().print("-1.4");
            }));
  }

  @Test
  void page_streamTakenBeforeMediaType_setsCookie() {
    MockHttpServletResponse response =
        browser.open(
            (request, answer) -> {
              ServletOutputStream stream = answer.getOutputStream();
              answer.setContentType("text/html");
              makePublic(answer);
              stream.print("<p>");
            });

    assertThat(browser.code()).isEqualTo("new-1");
    assertThat(response.getHeader("Cache-Control")).isEqualTo("private, max-age=600");
  }

  @Test
  void file_earlierFilterSetsHtml_isUnchanged() {
    assertUntouched(
        browser.open(
            (request, answer) -> {
              answer.setContentType("text/html; charset=UTF-8");
              publicFile("application/pdf").serve(request, answer);
            }));
  }

  @Test
  void file_returningBrowser_doesNotProlongCookie() {
    browser.cookies.put("kameleoonVisitorCode", "mine");

    assertUntouched(browser.open(publicFile("application/pdf")));
    assertUntouched(browser.send(head(), publicFile("application/pdf")));
  }

  @Test
  void file_cookieOfUserMatches_isUnchanged() {
    signInAsLinked("mine");
    browser.cookies.put("kameleoonVisitorCode", "mine");

    assertUntouched(browser.open(publicFile("application/pdf")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"RESTORED", "LINKED", "SEPARATED"})
  void file_cookieOfUserChanges_setsCookie(Outcome outcome) {
    if (outcome == Outcome.RESTORED) {
      signInAsLinked("mine");
    } else if (outcome == Outcome.SEPARATED) {
      shop.link("user-2", "theirs");
      browser.cookies.put("kameleoonVisitorCode", "theirs");
    }
    browser.user = "user-1";
    AtomicReference<Visitor> visitor = new AtomicReference<>();

    MockHttpServletResponse response =
        browser.open(
            (request, answer) -> {
              visitor.set((Visitor) request.getAttribute("kameleoonVisitor"));
              assertThat(answer.getHeader("Set-Cookie")).as("before the file").isNotNull();
              publicFile("application/pdf").serve(request, answer);
            });

    assertThat(visitor.get().getOutcome()).isEqualTo(outcome);
    assertThat(browser.code()).isEqualTo(visitor.get().getCode());
    assertThat(response.getHeader("Cache-Control")).isEqualTo("private, max-age=600");
  }

  @Test
  void notModified_newVisitor_hasNoCookie() {
    assertThat(browser.open((request, answer) -> answer.setStatus(304)).getHeaderNames()).isEmpty();
    assertThat(browser.open((request, answer) -> answer.sendError(304)).getHeaderNames()).isEmpty();
    assertThat(browser.code()).isNull();
  }

  @Test
  void conditionalRequest_cookieOfUserChanges_setsNoCookieOn304() {
    signInAsLinked("stored");
    browser.cookies.put("kameleoonVisitorCode", "old");
    for (String header : List.of("If-None-Match", "If-Modified-Since")) {
      MockHttpServletRequest request = browser.background("GET");
      request.addHeader(header, "Wed, 01 Jan 2020 00:00:00 GMT");

      MockHttpServletResponse response =
          browser.send(request, (req, answer) -> answer.setStatus(304));

      assertThat(response.getHeaderNames()).as(header).isEmpty();
    }
    browser.open(Page.reading(visitor -> assertThat(visitor.getCode()).isEqualTo("stored")));
    assertThat(browser.code()).isEqualTo("stored");
  }

  @Test
  void script_includesPage_isNotAPage() {
    assertUntouched(
        browser.open(
            (request, answer) -> {
              answer.setContentType("text/javascript");
              makePublic(answer);
              HttpServletResponseWrapper ours = (HttpServletResponseWrapper) answer;
              HttpServletResponse servers = (HttpServletResponse) ours.getResponse();
              ours.setResponse(ignoringTheMediaType(servers));
              answer.setContentType("text/html");
              answer.getWriter().print("x = 1");
              ours.setResponse(servers);
            }));
  }

  // ---- no page, and the visitor is read

  /** The ways to read the visitor, or to use the code. */
  enum Reading implements Consumer<Visitor> {
    CODE(Visitor::getCode),
    USER(Visitor::isKnown),
    VARIATION(visitor -> visitor.getVariations().get("banner")),
    TRACKING_CODE(Visitor::getEngineTrackingCode),
    CONVERSION(visitor -> visitor.trackConversion(1, 2)),
    CUSTOM_DATA(visitor -> visitor.addCustomData(1, "x")),
    REFRESH(Visitor::refresh),
    SIGN_OUT(Visitor::signOut);

    private final Consumer<Visitor> reading;

    Reading(Consumer<Visitor> reading) {
      this.reading = reading;
    }

    @Override
    public void accept(Visitor visitor) {
      reading.accept(visitor);
    }
  }

  @ParameterizedTest
  @EnumSource(Reading.class)
  void data_readsVisitor_setsCookieAndIsPrivate(Reading reading) {
    MockHttpServletResponse response =
        browser.send(
            browser.background("GET"),
            (request, answer) -> {
              answer.setContentType("application/json");
              makePublic(answer);
              answer.getWriter().print("{");
              reading.accept((Visitor) request.getAttribute("kameleoonVisitor"));
              answer.getWriter().print("}");
            });

    assertThat(browser.code()).isEqualTo("new-1");
    assertThat(response.getHeader("Cache-Control")).isEqualTo("private, max-age=600");
    assertThat(response.getHeader("CDN-Cache-Control")).isEqualTo("no-store");
  }

  @Test
  void data_readsCodeAttribute_setsCookie() {
    browser.open(
        (request, answer) -> {
          answer.setContentType("application/json");
          answer.getWriter().print(request.getAttribute("kameleoonVisitorCode"));
        });

    assertThat(browser.code()).isEqualTo("new-1");
  }

  @Test
  void file_readsAfterCommit_usesCodeOfBrowserOnly() {
    AtomicReference<Visitor> kept = new AtomicReference<>();
    MockHttpServletResponse response =
        browser.open(
            (request, answer) -> {
              publicFile("application/pdf").serve(request, answer);
              answer.flushBuffer();
              Visitor visitor = (Visitor) request.getAttribute("kameleoonVisitor");
              kept.set(visitor);
              assertUseless(visitor);
            });

    assertUntouched(response);
    assertUseless(kept.get());
  }

  @Test
  void file_readsAfterRequest_usesCodeOfBrowserOnly() {
    AtomicReference<Visitor> kept = new AtomicReference<>();
    browser.open(
        (request, answer) -> {
          kept.set((Visitor) request.getAttribute("kameleoonVisitor"));
          publicFile("application/pdf").serve(request, answer);
        });

    assertUseless(kept.get());
  }

  private void assertUseless(Visitor visitor) {
    visitor.trackConversion(1, 2);
    assertThat(visitor.getVariations().get("banner").getReason()).isEqualTo(Reason.UNRESOLVED);
    assertThat(visitor.getOutcome()).isEqualTo(Outcome.UNRESOLVED);
    assertThat(shop.decisions.calls).isEmpty();
  }

  @Test
  void file_userSignsInDuringRequest_linksCodeOfCookie() {
    browser.open(
        (request, answer) -> {
          answer.setContentType("application/pdf");
          WebUtils.getNativeRequest(request, MockHttpServletRequest.class).setRemoteUser("user-1");
          ((Visitor) request.getAttribute("kameleoonVisitor")).refresh();
          answer.getOutputStream().print("%PDF");
        });

    assertThat(browser.code()).isEqualTo("new-1");
    browser.user = "user-1";
    browser.open(
        Page.reading(visitor -> assertThat(visitor.getOutcome()).isEqualTo(Outcome.RECOGNIZED)));
  }

  // ---- pages, and responses that may be pages

  @Test
  void page_withoutRead_setsCookieWhenBodyBegins() {
    MockHttpServletResponse response =
        browser.open(
            (request, answer) -> {
              answer.setContentType("text/html");
              makePublic(answer);
              assertThat(answer.getHeader("Set-Cookie")).isNull();
              answer.getWriter().print("<p>");
              assertThat(answer.getHeader("Set-Cookie")).contains("new-1");
            });

    assertThat(response.getHeaders("Set-Cookie")).hasSize(1);
    assertThat(response.getHeader("Cache-Control")).isEqualTo("private, max-age=600");
  }

  /** Ways to respond without a media type, or with one that is set too late. */
  enum Vague implements Page {
    NOTHING((request, answer) -> {}),
    NO_TYPE((request, answer) -> answer.getOutputStream().print("%PDF")),
    COMMITTED((request, answer) -> answer.flushBuffer()),
    EMPTY_TYPE(
        (request, answer) -> {
          answer.setContentType("html");
          answer.getWriter().print("<p>");
        }),
    PAGE_AFTER_ALL(
        (request, answer) -> {
          answer.setContentType("text/plain");
          answer.getWriter();
          answer.setContentType("text/html");
        }),
    REDIRECT((request, answer) -> answer.sendRedirect("/")),
    ERROR((request, answer) -> answer.sendError(404)),
    ERROR_WITH_A_MESSAGE((request, answer) -> answer.sendError(404, "no")),
    RESET(
        (request, answer) -> {
          answer.setContentType("application/pdf");
          answer.reset();
          answer.getWriter().print("<p>");
        });

    private final Page page;

    Vague(Page page) {
      this.page = page;
    }

    @Override
    public void serve(jakarta.servlet.http.HttpServletRequest request, HttpServletResponse response)
        throws IOException, ServletException {
      page.serve(request, response);
    }
  }

  @ParameterizedTest
  @EnumSource(Vague.class)
  void response_possiblePage_setsCookieAndIsPrivate(Vague answer) {
    MockHttpServletResponse response = browser.open(answer);

    assertThat(response.getHeaders("Set-Cookie")).hasSize(1);
    assertThat(browser.code()).isEqualTo("new-1");
    assertThat(response.getHeader("Cache-Control")).isEqualTo("private");
  }

  @Test
  void missingFile_errorPage_setsCookie() throws Exception {
    KameleoonVisitorFilter filter = shop.filter();
    MockHttpServletRequest request = browser.navigation();
    request.setAsyncSupported(true);
    MockHttpServletResponse response = new MockHttpServletResponse();
    assertThatThrownBy(
            () ->
                filter.doFilter(
                    request,
                    response,
                    (req, res) -> {
                      res.setContentType("application/pdf");
                      throw new ServletException("broken");
                    }))
        .hasMessage("broken");
    assertThat(response.getHeaderNames()).containsExactly("Content-Type");
    response.reset();
    request.setDispatcherType(DispatcherType.ERROR);

    filter.doFilter(
        request,
        response,
        (req, res) -> {
          res.setContentType("text/html");
          res.getWriter().print("<p>");
        });

    assertThat(response.getHeader("Set-Cookie")).contains("new-1");
    assertThat(response.getHeader("Cache-Control")).isEqualTo("private");
  }

  @Test
  void response_withoutMediaTypeCommittedBeforeRead_isPrivate() {
    browser.cookies.put("kameleoonVisitorCode", "mine");

    MockHttpServletResponse response =
        browser.send(
            browser.background("GET"),
            (request, answer) -> {
              makePublic(answer);
              answer.flushBuffer();
              answer.getWriter().print(request.getAttribute("kameleoonVisitorCode"));
            });

    assertThat(response.getHeader("Cache-Control")).isEqualTo("private, max-age=600");
  }

  // ---- asynchronous responses

  @Test
  void asynchronousResponse_madePublicBehindWrapper_isPrivateAtSecondRead() {
    MockHttpServletResponse response =
        browser.send(
            browser.background("GET"),
            (request, answer) -> {
              Visitor visitor = (Visitor) request.getAttribute("kameleoonVisitor");
              answer.setContentType("application/json");
              visitor.variation("banner").isActive();
              request.startAsync();
              makePublic(WebUtils.getNativeResponse(answer, MockHttpServletResponse.class));
              visitor.variation("banner").isActive();
            });

    assertThat(response.getHeader("Cache-Control")).isEqualTo("private, max-age=600");
  }

  @Test
  void asynchronousFile_throughVisitorResponse_isUnchanged() {
    assertUntouched(
        browser.open(
            (request, answer) -> {
              AsyncContext async = request.startAsync(request, answer);
              publicFile("video/mp4").serve(request, (HttpServletResponse) async.getResponse());
              async.complete();
            }));
  }

  @Test
  void asynchronousResponse_withoutBody_setsCookie() {
    browser.open((request, answer) -> request.startAsync(request, answer).complete());

    assertThat(browser.code()).isEqualTo("new-1");
  }

  @Test
  void asynchronousDispatch_withoutBody_setsCookie() throws Exception {
    KameleoonVisitorFilter filter = shop.filter();
    MockHttpServletRequest request = browser.navigation();
    request.setAsyncSupported(true);
    MockHttpServletResponse response = new MockHttpServletResponse();
    AtomicReference<HttpServletResponse> answer = new AtomicReference<>();
    filter.doFilter(
        request,
        response,
        (req, res) -> {
          req.startAsync(req, res);
          answer.set((HttpServletResponse) res);
        });
    assertThat(response.getHeader("Set-Cookie")).isNull();
    request.setDispatcherType(DispatcherType.ASYNC);
    request.setAsyncStarted(false);

    filter.doFilter(request, answer.get(), (req, res) -> {});

    assertThat(response.getHeader("Set-Cookie")).contains("new-1");
  }

  // ---- helpers

  private static Page publicFile(String type) {
    return (request, answer) -> {
      answer.setContentType(type);
      makePublic(answer);
      answer.getOutputStream().print("a file");
    };
  }

  private static void makePublic(HttpServletResponse answer) {
    answer.setHeader("Cache-Control", "public, max-age=600");
    answer.setHeader("CDN-Cache-Control", "max-age=600");
  }

  private static void assertUntouched(MockHttpServletResponse response) {
    assertThat(response.getHeaders("Set-Cookie")).isEmpty();
    assertThat(response.getHeaders("Cache-Control")).containsExactly("public, max-age=600");
    assertThat(response.getHeaders("CDN-Cache-Control")).containsExactly("max-age=600");
  }

  private static HttpServletResponse ignoringTheMediaType(HttpServletResponse response) {
    return new HttpServletResponseWrapper(response) {
      @Override
      public void setContentType(String type) {}
    };
  }

  private static MockHttpServletRequest crawler() {
    MockHttpServletRequest request = new MockHttpServletRequest("GET", "/robots.txt");
    request.setServletPath("/robots.txt");
    request.addHeader("Accept", "text/html,application/xhtml+xml,*/*;q=0.8");
    return request;
  }

  private MockHttpServletRequest head() {
    MockHttpServletRequest request = browser.navigation();
    request.setMethod("HEAD");
    return request;
  }

  private void signInAsLinked(String code) {
    shop.link("user-1", code);
    browser.user = "user-1";
  }
}
