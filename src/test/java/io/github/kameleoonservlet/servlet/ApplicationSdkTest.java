package io.github.kameleoonservlet.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.github.kameleoonservlet.Visitor;
import io.github.kameleoonservlet.identity.Outcome;
import io.github.kameleoonservlet.internal.kameleoon.ApplicationsClient;
import io.github.kameleoonservlet.internal.visitor.ConsentReader;
import io.github.kameleoonservlet.servlet.TestShop.Page;
import io.github.kameleoonservlet.testing.FaultyStore;
import io.github.kameleoonservlet.testing.RecordedLog;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import jakarta.servlet.http.MappingMatch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletMapping;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

/** Tests old code of the application that calls the real SDK with a request and a response. */
public class ApplicationSdkTest {

  private static final String ID_OF_OLD_CODE = "user-1";
  private static final String SET_COOKIE = "Set-Cookie";

  private static ApplicationsClient client;

  private final TestShop shop = new TestShop();
  private final TestShop.Browser browser = shop.new Browser();

  private String returned;
  private Outcome outcome;

  @BeforeAll
  static void open() {
    client = new ApplicationsClient();
  }

  @AfterAll
  static void close() {
    client.close();
  }

  @BeforeEach
  void storeUsers() {
    shop.link("linked", "stored");
    shop.link("other", "taken");
  }

  private Page oldPage(String type) {
    return (request, response) -> {
      response.setContentType(type);
      returned = client.visitorCode(request, response, ID_OF_OLD_CODE);
      Visitor visitor = (Visitor) request.getAttribute(Visitor.ATTRIBUTE);
      outcome = visitor.getOutcome();
      assertThat(returned).isEqualTo(visitor.getCode());
      assertThat(client.visitorCode(request, response)).isEqualTo(returned);
      response.getOutputStream().print(returned);
    };
  }

  private static List<String> visitorCookies(MockHttpServletResponse response) {
    return response.getHeaders(SET_COOKIE).stream()
        .filter(line -> line.startsWith("kameleoonVisitorCode="))
        .toList();
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        // user, browser's code, outcome, code, cookie of the page, cookie of the JSON response
        "-,       -,      ISSUED,     new-1,  new-1,  new-1",
        "-,       mine,   RECOGNIZED, mine,   mine,   -",
        "-,       <b>,    ISSUED,     new-1,  new-1,  new-1",
        "linked,  stored, RECOGNIZED, stored, stored, -",
        "linked,  mine,   RESTORED,   stored, stored, stored",
        "linked,  -,      RESTORED,   stored, stored, stored",
        "new,     mine,   LINKED,     mine,   mine,   -",
        "new,     -,      LINKED,     new-1,  new-1,  new-1",
        "new,     taken,  SEPARATED,  new-1,  new-1,  new-1",
      })
  void visitorCode_everyRowOfTheDecision_isReconciledWithOneCookie(
      String user, String sent, Outcome row, String code, String pageCookie, String jsonCookie) {
    for (String domain : new String[] {null, "localhost"}) {
      for (String type : List.of("text/html", "application/json")) {
        TestShop fresh = new TestShop();
        fresh.domain = domain;
        fresh.link("linked", "stored");
        fresh.link("other", "taken");
        TestShop.Browser visitor = fresh.new Browser();
        visitor.user = user;
        if (sent != null) {
          visitor.cookies.put("kameleoonVisitorCode", sent);
        }
        boolean page = type.equals("text/html");

        MockHttpServletResponse response =
            visitor.send(page ? visitor.navigation() : visitor.background("GET"), oldPage(type));

        assertThat(outcome).isEqualTo(row);
        assertThat(returned).isEqualTo(code);
        String cookie = page ? pageCookie : jsonCookie;
        assertThat(visitorCookies(response).stream().filter(line -> !line.contains("Max-Age=0")))
            .as(type + " " + domain)
            .allMatch(line -> line.contains("SameSite=Lax"))
            .hasSize(cookie == null ? 0 : 1)
            .allMatch(line -> line.startsWith("kameleoonVisitorCode=" + cookie + ";"));
        assertThat(response.getHeader("Cache-Control")).isEqualTo("private");
      }
    }
  }

  @Test
  void visitorCode_storeDown_isRequestOnlyWithoutCookie() {
    shop.store = FaultyStore.down();
    browser.user = "linked";

    MockHttpServletResponse response = browser.open(oldPage("text/html"));

    assertThat(outcome).isEqualTo(Outcome.UNRESOLVED);
    assertThat(visitorCookies(response)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "no", "mine"})
  void visitorCode_withoutConsent_isRequestOnlyWithoutCookie(String state) {
    shop.consent = new ConsentReader(true, null, "agreed", "yes");
    if (state.equals("mine")) {
      browser.cookies.put("kameleoonVisitorCode", "mine");
    } else if (!state.isEmpty()) {
      browser.cookies.put("kameleoonVisitorCode", "mine");
      browser.cookies.put("agreed", state);
    }

    MockHttpServletResponse response = browser.open(oldPage("text/html"));

    assertThat(outcome).isEqualTo(Outcome.WITHHELD);
    assertThat(visitorCookies(response)).allMatch(line -> line.contains("Max-Age=0"));
  }

  @Test
  void visitorCode_afterCommit_returnsCodeOfVisitor() {
    MockHttpServletResponse response =
        browser.open(
            (request, answer) -> {
              answer.setContentType("application/json");
              answer.flushBuffer();
              oldPage("application/json").serve(request, answer);
            });

    assertThat(outcome).isEqualTo(Outcome.UNRESOLVED);
    assertThat(visitorCookies(response)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void visitorCode_excludedPath_isReconciledWithoutCookie(boolean file) {
    shop.applicationSdk.called();
    browser.user = "linked";
    browser.cookies.put("kameleoonVisitorCode", "mine");

    MockHttpServletResponse response = browser.send(excluded(file), oldPage("text/css"));

    assertThat(returned).isEqualTo("stored");
    assertThat(visitorCookies(response)).isEmpty();
    assertThat(response.getHeader("Cache-Control")).isEqualTo("private");
  }

  private MockHttpServletRequest excluded(boolean file) {
    MockHttpServletRequest request = browser.background("GET");
    request.setRequestURI("/shop.css");
    request.setServletPath("/shop.css");
    request.setHttpServletMapping(
        file
            ? new MockHttpServletMapping("", "/", "default", MappingMatch.DEFAULT)
            : new MockHttpServletMapping("shop", "*.css", "files", MappingMatch.EXTENSION));
    return request;
  }

  @Test
  void containerFile_afterCallOfSdk_isWrapped() {
    List<Boolean> wrapped = new ArrayList<>();
    Page file = (request, response) -> wrapped.add(response instanceof HttpServletResponseWrapper);
    browser.send(excluded(true), file);
    browser.open(oldPage("text/html"));
    browser.send(excluded(true), file);

    assertThat(wrapped).containsExactly(false, true);
  }

  @Test
  void visitorCode_forward_isReconciled() {
    browser.user = "linked";
    MockHttpServletResponse response =
        browser.open(
            (request, answer) ->
                shop.dispatch(DispatcherType.FORWARD, request, answer, oldPage("text/html")));

    assertThat(returned).isEqualTo("stored");
    assertThat(visitorCookies(response)).hasSize(1);
  }

  @Test
  void visitorCode_errorPageAfterException_isReconciledWithOneCookie() throws Exception {
    MockHttpServletResponse response = browser.openErrorPage(oldPage("text/html"));

    assertThat(returned).isEqualTo("new-1");
    assertThat(visitorCookies(response)).singleElement().asString().contains("=new-1;");
  }

  @Test
  void visitorCode_asyncThread_isReconciledWithOneCookie() {
    MockHttpServletResponse response =
        browser.send(
            browser.background("GET"),
            (request, answer) -> {
              var async = request.startAsync(request, answer);
              oldPage("application/json")
                  .serve(
                      (HttpServletRequest) async.getRequest(),
                      (HttpServletResponse) async.getResponse());
              async.complete();
            });

    assertThat(returned).isEqualTo("new-1");
    assertThat(visitorCookies(response)).hasSize(1);
  }

  /** A wrapper of another filter that keeps the headers by itself. */
  public static final class KeepsHeaders extends HttpServletResponseWrapper {
    public KeepsHeaders(HttpServletResponse response) {
      super(response);
    }

    @Override
    public Collection<String> getHeaders(String name) {
      return List.of();
    }
  }

  static List<Function<HttpServletResponse, HttpServletResponse>> wrappers() {
    return List.of(HttpServletResponseWrapper::new, KeepsHeaders::new);
  }

  @ParameterizedTest
  @org.junit.jupiter.params.provider.MethodSource("wrappers")
  void visitorCode_wrapperOfOtherFilter_isReconciledWithOneCookie(
      Function<HttpServletResponse, HttpServletResponse> wrapper) {
    browser.user = "linked";
    browser.cookies.put("other", "value");
    browser.cookies.put("kameleoonVisitorCode", "mine");

    MockHttpServletResponse response =
        browser.open(
            (request, answer) -> oldPage("text/html").serve(request, wrapper.apply(answer)));

    assertThat(returned).isEqualTo("stored");
    assertThat(visitorCookies(response)).singleElement().asString().contains("=stored;");
  }

  /** A wrapper of another filter that reads all lines of a header. */
  public static final class Filtered extends HttpServletRequestWrapper {
    private final List<String> read;

    Filtered(HttpServletRequest request, List<String> read) {
      super(request);
      this.read = read;
    }

    @Override
    public String getHeader(String name) {
      String joined = String.join("; ", Collections.list(getHeaders(name)));
      read.add(joined);
      return joined;
    }

    @Override
    public Enumeration<String> getHeaders(String name) {
      return super.getHeaders(name);
    }
  }

  /** A wrapper of another filter that overrides the method that the SDK calls. */
  public static final class FilteredRequest extends HttpServletRequestWrapper {
    public FilteredRequest(HttpServletRequest request) {
      super(request);
    }

    @Override
    public String getHeader(String name) {
      return super.getHeader(name);
    }
  }

  /** A wrapper of another filter that overrides the method that the SDK calls. */
  public static final class FilteredResponse extends HttpServletResponseWrapper {
    FilteredResponse(HttpServletResponse response) {
      super(response);
    }

    @Override
    public Collection<String> getHeaders(String name) {
      return super.getHeaders(name);
    }
  }

  @Test
  void visitorCode_fourFiltersThatOverrideTheMethods_isReconciled() {
    MockHttpServletResponse response =
        browser.open(
            (request, answer) -> {
              HttpServletRequest asked = request;
              HttpServletResponse filtered = answer;
              for (int i = 0; i < 4; i++) {
                asked = new FilteredRequest(asked);
                filtered = new FilteredResponse(filtered);
              }
              oldPage("text/html").serve(asked, filtered);
            });

    assertThat(returned).isEqualTo("new-1");
    assertThat(visitorCookies(response)).singleElement().asString().contains("=new-1;");
  }

  @Test
  void visitorCode_filterThatReadsAllLines_seesCookiesOfEachLine() {
    browser.user = "linked";
    MockHttpServletRequest request = browser.navigation();
    request.addHeader("Cookie", "first=1");
    request.addHeader("Cookie", "second=2; kameleoonVisitorCode=mine");
    request.addHeader("Cookie", "third=3");
    List<String> read = new ArrayList<>();

    browser.send(
        request,
        (req, answer) ->
            oldPage("text/html").serve(new Filtered(req, read), new KeepsHeaders(answer)));

    assertThat(returned).isEqualTo("stored");
    assertThat(read).contains("first=1; second=2; third=3; kameleoonVisitorCode=stored");
  }

  /** SDK 4.5.0 throws if it gets one of these cookies. */
  @ParameterizedTest
  @ValueSource(strings = {"kameleoonVisitorCode", " kameleoonVisitorCode ", "=", "a=1; == ;b=2"})
  void visitorCode_cookieWithoutNameOrValue_isReconciled(String cookies) {
    browser.user = "linked";
    MockHttpServletRequest request = browser.navigation();
    request.addHeader("Cookie", cookies);

    browser.send(
        request, (req, answer) -> oldPage("text/html").serve(req, new KeepsHeaders(answer)));

    assertThat(returned).isEqualTo("stored");
  }

  @Test
  void visitorCode_calledTwice_logsOneInfo() {
    try (RecordedLog log = new RecordedLog(Level.INFO)) {
      browser.open(oldPage("text/html"));
      browser.open(oldPage("text/html"));

      assertThat(log.messages(Level.INFO))
          .singleElement()
          .asString()
          .startsWith("The application calls getVisitorCode(request, response)");
      assertThat(log.messages(Level.WARN)).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void setLegalConsent_withResponse_writesAndDeletesNoCookie(boolean consent) {
    browser.cookies.put("kameleoonVisitorCode", "mine");
    try (RecordedLog log = new RecordedLog(Level.WARN)) {
      MockHttpServletResponse response =
          browser.open(
              (request, answer) -> {
                answer.setContentType("text/html");
                client.setLegalConsent("mine", consent, answer);
                client.setLegalConsent("mine", consent, answer);
                answer.getOutputStream().print("page");
              });

      assertThat(visitorCookies(response))
          .singleElement()
          .asString()
          .startsWith("kameleoonVisitorCode=mine;")
          .contains("SameSite=Lax");
      // Without required consent the SDK deletes no cookie.
      assertThat(log.messages(Level.WARN))
          .hasSize(consent ? 1 : 0)
          .allMatch(line -> line.contains("setLegalConsent(code, consent, response)"));
    }
  }

  // ---- code that handles the cookie itself

  @ParameterizedTest
  @ValueSource(strings = {"addCookie", "addHeader", "setHeader"})
  void cookie_writtenByApplication_countsAsReadAndIsLoggedOnce(String method) {
    String line = "kameleoonVisitorCode=theirs; Path=/";
    Page page =
        (request, answer) -> {
          answer.setContentType("application/json");
          switch (method) {
            case "addCookie" -> answer.addCookie(new Cookie("kameleoonVisitorCode", "theirs"));
            case "addHeader" -> answer.addHeader(SET_COOKIE, line);
            default -> answer.setHeader(SET_COOKIE, line);
          }
        };
    try (RecordedLog log = new RecordedLog(Level.WARN)) {
      MockHttpServletResponse response = browser.send(browser.background("GET"), page);

      assertThat(visitorCookies(response)).singleElement().asString().contains("=new-1;");
      assertThat(response.getHeader("Cache-Control")).isEqualTo("private");
      assertThat(log.complaints()).singleElement().asString().contains("this library drops");
      browser.send(browser.background("GET"), page);
      assertThat(log.complaints()).hasSize(1);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"kameleoonVisitorCode=; Path=/", "kameleoonVisitorCode=x; max-age=0"})
  void cookie_deletedByApplication_doesNotCountAsRead(String line) {
    MockHttpServletResponse response =
        browser.send(
            browser.background("GET"),
            (request, answer) -> {
              answer.setContentType("application/json");
              answer.addHeader(SET_COOKIE, line);
              Cookie deletion = new Cookie("kameleoonVisitorCode", "x");
              deletion.setMaxAge(0);
              answer.addCookie(deletion);
            });

    assertThat(response.getHeaderNames()).containsExactly("Content-Type");
  }

  @Test
  void cookies_rewrittenByFilterOfApplication_areNotDoubled() {
    browser.user = "linked";

    MockHttpServletResponse response =
        browser.open(
            (request, answer) -> {
              answer.addHeader(SET_COOKIE, "session=1");
              List<String> lines = List.copyOf(answer.getHeaders(SET_COOKIE));
              answer.setHeader(SET_COOKIE, lines.get(0) + "; SameSite=None");
              lines.stream()
                  .skip(1)
                  .forEach(line -> answer.addHeader(SET_COOKIE, line + "; SameSite=None"));
            });

    assertThat(response.getHeaders(SET_COOKIE))
        .hasSize(2)
        .anyMatch(line -> line.startsWith("kameleoonVisitorCode=stored;"))
        .contains("session=1; SameSite=None");
    assertThat(shop.applicationSdk.isFound()).as("a WARN and wrapped files").isFalse();
  }

  @ParameterizedTest
  @CsvSource({"linked, stored", "new, mine"})
  void cookieOfRequest_readByApplication_isReconciled(String user, String code) {
    browser.user = user;
    browser.cookies.put("kameleoonVisitorCode", "mine");
    MockHttpServletRequest request = browser.background("GET");
    request.setCookies(new Cookie("a", "b"), new Cookie("kameleoonVisitorCode", "mine"));
    List<String> values = new ArrayList<>();

    MockHttpServletResponse response =
        browser.send(
            request,
            (req, answer) -> {
              answer.setContentType("application/json");
              Arrays.stream(req.getCookies()).map(Cookie::getValue).forEach(values::add);
            });

    assertThat(values).containsExactly("b", code);
    assertThat(response.containsHeader("Cache-Control")).isEqualTo(!code.equals("mine"));
    assertThat(request.getCookies()[1].getValue()).isEqualTo("mine");
  }

  @Test
  void cookies_searchedForAnotherName_doNotShowVisitor() {
    browser.user = "linked";
    browser.cookies.put("kameleoonVisitorCode", "mine");
    MockHttpServletRequest request = excluded(false);
    request.setCookies(new Cookie("kameleoonVisitorCode", "mine"));
    shop.users =
        any -> {
          throw new AssertionError("the user is not needed");
        };

    MockHttpServletResponse response =
        browser.send(
            request,
            (req, answer) -> {
              assertThat(req.getCookies()[0].getName()).isEqualTo("kameleoonVisitorCode");
              assertThat(answer.getHeaders(SET_COOKIE)).isEmpty();
              assertThat(req.getHeader("Cookie")).isEqualTo("kameleoonVisitorCode=mine");
            });

    assertThat(response.getHeaderNames()).isEmpty();
  }

  @Test
  void cookies_noneSent_areNull() {
    browser.open((request, answer) -> assertThat(request.getCookies()).isNull());
  }
}
