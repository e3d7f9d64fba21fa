package io.github.kameleoonservlet.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.kameleoonservlet.Visitor;
import io.github.kameleoonservlet.identity.Consent;
import io.github.kameleoonservlet.identity.VisitorCode;
import io.github.kameleoonservlet.identity.VisitorCodeStore.LinkResult;
import io.github.kameleoonservlet.internal.api.ApiRequest;
import io.github.kameleoonservlet.internal.api.Problem;
import io.github.kameleoonservlet.internal.http.IncomingRequest;
import io.github.kameleoonservlet.internal.visitor.ConsentReader;
import io.github.kameleoonservlet.testing.FaultyStore;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.UnsupportedEncodingException;
import java.nio.charset.Charset;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.DelegatingServletInputStream;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.mock.web.MockServletContext;

class KameleoonVisitorServletTest {

  private final TestShop shop = new TestShop();
  private final TestShop.Browser app = shop.new Browser();
  private final ApiBrowser api = new ApiBrowser(app);

  // ---- the caller

  @Test
  void visitorCode_anonymousCaller_isIssued() {
    MockHttpServletResponse response = api.get("/visitorCode");

    assertThat(json(response))
        .isEqualTo(object("{'visitorCode':'new-1','known':false,'outcome':'ISSUED'}"));
    assertThat(app.code()).isEqualTo("new-1");
    assertThat(response.getHeader("Cache-Control")).contains("no-store");
    assertThat(response.getContentType()).startsWith("application/json");
  }

  @Test
  void visitorCode_userWithoutCookies_isStoredCode() {
    shop.link("user-1", "mine");
    app.user = "user-1";

    assertThat(json(api.get("/visitorCode")))
        .isEqualTo(object("{'visitorCode':'mine','known':true,'outcome':'RESTORED'}"));
  }

  @Test
  void syncVisitor_firstCodeOfApp_isAdopted() {
    app.user = "user-1";

    assertThat(json(api.post("/syncVisitor", "{\"visitorCode\":\"from-app\"}")))
        .isEqualTo(object("{'visitorCode':'from-app','known':true,'outcome':'LINKED'}"));
    assertThat(app.code()).isEqualTo("from-app");
    assertThat(shop.store.find(TestShop.key("user-1"))).contains(new VisitorCode("from-app"));
  }

  @Test
  void codeAttribute_readBeforeBody_isAbsentAndLinksNoUser() {
    app.user = "user-1";

    app.send(
        api.request("POST", "/syncVisitor"),
        (request, response) -> assertThat(request.getAttribute("kameleoonVisitorCode")).isNull());

    assertThat(shop.store.find(TestShop.key("user-1"))).isEmpty();
  }

  @Test
  void syncVisitor_userWithAnotherCode_returnsStoredCode() {
    shop.link("user-1", "mine");
    app.user = "user-1";

    assertThat(
            json(api.post("/syncVisitor", "{\"visitorCode\":\"from-app\"}"))
                .getString("visitorCode"))
        .isEqualTo("mine");
  }

  @Test
  void syncVisitor_withCookie_usesCodeOfBody() {
    app.cookies.put("kameleoonVisitorCode", "cookie");

    assertThat(
            json(api.post("/syncVisitor", "{\"visitorCode\":\"_js_page\"}"))
                .getString("visitorCode"))
        .isEqualTo("page");
    assertThat(app.code()).isEqualTo("page");
  }

  @Test
  void syncVisitor_withoutContentTypeFromSameOrigin_isAccepted() {
    MockHttpServletRequest page =
        ApiBrowser.withBody(
            api.request("POST", "/syncVisitor"),
            "text/plain;charset=UTF-8",
            "{\"visitorCode\":\"x\"}");
    page.addHeader("Sec-Fetch-Site", "same-origin");

    assertThat(json(api.send(page)).getString("visitorCode")).isEqualTo("x");
  }

  @Test
  void visitorCode_headOfUserWithoutLink_isNotReportedAsOutage() {
    app.user = "user-1";

    MockHttpServletResponse response = api.send(api.request("HEAD", "/visitorCode"));

    assertThat(response.getStatus()).isEqualTo(200);
    assertThat(shop.store.find(TestShop.key("user-1"))).isEmpty();
  }

  @Test
  void visitorCode_requestedByAnotherSite_writesNothing() {
    MockHttpServletRequest elsewhere = api.request("GET", "/visitorCode");
    elsewhere.addHeader("Sec-Fetch-Site", "cross-site");

    assertThat(json(api.send(elsewhere)))
        .isEqualTo(object("{'visitorCode':null,'known':false,'outcome':'UNRESOLVED'}"));
  }

  @Test
  void visitorCode_emptyBody_isAccepted() {
    MockHttpServletRequest empty = api.request("GET", "/visitorCode");
    empty.setContent(new byte[0]);

    assertThat(api.send(empty).getStatus()).isEqualTo(200);
  }

  /** A page that forwards to the servlet: the filter holds the page's cookie back. */
  @ParameterizedTest
  @CsvSource({
    "/syncVisitor, '{\"visitorCode\":\"from-app\"}'",
    "/consent, '{\"granted\":true,\"visitorCode\":\"from-app\"}'"
  })
  void call_forwardedFromPage_writesCookie(String path, String body) {
    shop.consent = new ConsentReader(true, null, "agreed", "yes");
    app.cookies.put("agreed", "yes");
    MockHttpServletRequest forwarded =
        ApiBrowser.withBody(app.navigation(), "application/json", body);
    forwarded.setMethod("POST");

    app.send(
        forwarded,
        (request, response) -> {
          forwarded.setPathInfo(path);
          new KameleoonVisitorServlet().service(request, response);
        });

    assertThat(app.code()).isEqualTo("from-app");
  }

  // ---- decisions

  @Test
  void variation_withoutTrack_sendsNothing() {
    JsonObject answer = json(api.post("/variation", "{\"featureKey\":\"banner\"}"));

    assertThat(answer)
        .isEqualTo(
            object(
                "{'visitorCode':'new-1','featureKey':'banner','key':'on','id':11,'experimentId':7,"
                    + "'active':true,'reason':'ASSIGNED','variables':{'title':'Hello'}}"));
    assertThat(shop.decisions.calls).containsExactly("decide new-1 banner");
  }

  @Test
  void variation_withTrack_isExposedOnce() {
    api.post("/variation", "{\"featureKey\":\"banner\",\"visitorCode\":\"mine\",\"track\":true}");

    assertThat(shop.decisions.calls).containsExactly("decide mine banner exposed");
  }

  @Test
  void variations_allFeatures_areReturnedWithoutExposure() {
    JsonObject answer = json(api.get("/variations"));

    assertThat(answer.getString("visitorCode")).isEqualTo("new-1");
    assertThat(answer.getJsonObject("variations").getJsonObject("banner").getString("key"))
        .isEqualTo("on");
    assertThat(shop.decisions.calls).containsExactly("decide new-1 banner");
  }

  @Test
  void conversion_anyCaller_isTrackedUnderCodeOfCaller() {
    app.cookies.put("kameleoonVisitorCode", "mine");

    assertThat(api.post("/conversion", "{\"goalId\":17,\"revenue\":12.5}").getStatus())
        .isEqualTo(204);
    assertThat(api.post("/conversion", "{\"goalId\":18}").getStatus()).isEqualTo(204);
    assertThat(
            api.post("/conversion", "{\"goalId\":19,\"revenue\":" + (double) Float.MAX_VALUE + "}")
                .getStatus())
        .isEqualTo(204);
    assertThat(shop.decisions.calls)
        .containsExactly(
            "conversion mine 17 12.5",
            "conversion mine 18 0.0",
            "conversion mine 19 3.4028234663852886E38");
  }

  // ---- erasure

  @Test
  void deleteVisitor_linkedUser_erasesLinkAndCookiePermanently() {
    app.user = "user-1";
    api.post("/syncVisitor", "{\"visitorCode\":\"mine\"}");

    MockHttpServletResponse response = api.send(api.request("DELETE", "/visitor"));

    assertThat(response.getStatus()).isEqualTo(204);
    assertThat(app.code()).isNull();
    assertThat(shop.store.find(TestShop.key("user-1"))).isEmpty();
    assertThat(shop.store.link(TestShop.key("user-2"), new VisitorCode("mine")))
        .isEqualTo(LinkResult.CODE_TAKEN);
  }

  @Test
  void deleteVisitor_userWithoutLink_linksNoUser() {
    app.user = "user-1";

    assertThat(api.send(api.request("DELETE", "/visitor")).getStatus()).isEqualTo(204);
    assertThat(shop.store.find(TestShop.key("user-1"))).isEmpty();
  }

  @Test
  void deleteVisitor_anonymous_deletesCookieOnly() {
    app.cookies.put("kameleoonVisitorCode", "mine");

    assertThat(api.send(api.request("DELETE", "/visitor")).getStatus()).isEqualTo(204);
    assertThat(app.code()).isNull();
  }

  @Test
  void deleteVisitor_restOfRequest_hasRequestOnlyCode() {
    app.cookies.put("kameleoonVisitorCode", "mine");

    app.send(
        api.request("DELETE", "/visitor"),
        (request, response) -> {
          new KameleoonVisitorServlet().service(request, response);
          Visitor visitor = (Visitor) request.getAttribute(Visitor.ATTRIBUTE);
          assertThat(visitor.getOutcome().isRequestOnly()).isTrue();
          assertThat(visitor.getCode()).isNotEqualTo("mine");
        });
  }

  // ---- consent

  @Test
  void consent_grantedThenRefused_isStoredInCookie() {
    shop.consent = new ConsentReader(true, null, "agreed", "yes");
    assertThat(json(api.get("/visitorCode")))
        .isEqualTo(object("{'visitorCode':null,'known':false,'outcome':'WITHHELD'}"));
    assertThat(app.cookies).isEmpty();

    JsonObject granted = json(api.post("/consent", "{\"granted\":true}"));
    assertThat(granted.getString("outcome")).isEqualTo("ISSUED");
    assertThat(app.cookies)
        .containsEntry("agreed", "yes")
        .containsEntry("kameleoonVisitorCode", granted.getString("visitorCode"));
    assertThat(json(api.get("/visitorCode")).getString("outcome")).isEqualTo("RECOGNIZED");

    JsonObject refused = json(api.post("/consent", "{\"granted\":false}"));
    assertThat(refused)
        .isEqualTo(object("{'visitorCode':null,'known':false,'outcome':'WITHHELD'}"));
    assertThat(app.cookies)
        .containsEntry("agreed", "refused")
        .doesNotContainKey("kameleoonVisitorCode");
    assertThat(shop.decisions.calls)
        .containsExactly("consent " + granted.getString("visitorCode") + " false");
  }

  @Test
  void consentCookie_underDomain_hasAttributesOfVisitorCookie() {
    shop.consent = new ConsentReader(true, null, "agreed", "yes");
    shop.domain = "shop.example";
    MockHttpServletRequest request =
        ApiBrowser.withBody(
            api.request("POST", "/consent"), "application/json", "{\"granted\":true}");
    request.setServerName("www.shop.example");
    request.setSecure(true);

    assertThat(api.send(request).getHeaders("Set-Cookie"))
        .filteredOn(header -> header.startsWith("agreed="))
        .satisfiesExactly(
            twin -> assertThat(twin).contains("=; ", "Max-Age=0;").doesNotContain("Domain"),
            answer ->
                assertThat(answer)
                    .contains(
                        "=yes; ",
                        "Domain=shop.example",
                        "SameSite=Lax",
                        "Secure",
                        "Max-Age=15552000"));
  }

  @Test
  void call_withoutConsent_sendsNothing() {
    shop.consent = new ConsentReader(true, null, "agreed", "yes");
    app.cookies.put("kameleoonVisitorCode", "mine");
    app.user = "user-1";

    JsonObject variation =
        json(api.post("/variation", "{\"featureKey\":\"banner\",\"track\":true}"));
    assertThat(api.post("/conversion", "{\"goalId\":1}").getStatus()).isEqualTo(204);

    assertThat(variation.getString("reason")).isEqualTo("WITHHELD");
    assertThat(variation.isNull("visitorCode")).isTrue();
    assertThat(shop.decisions.calls).isEmpty();
    assertThat(shop.store.find(TestShop.key("user-1"))).isEmpty();
  }

  @Test
  void consentCall_consentOfApplication_is409() {
    assertThat(problem(api.post("/consent", "{\"granted\":true}"))).isEqualTo(409);
    shop.consent = new ConsentReader(true, request -> Consent.GIVEN, "agreed", "yes");
    assertThat(problem(api.post("/consent", "{\"granted\":true}"))).isEqualTo(409);
    assertThat(app.cookies).isEmpty();
  }

  // ---- bad input

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "syncVisitor | ''                                  | 400",
        "syncVisitor | '{'                                 | 400",
        "syncVisitor | '[]'                                | 400",
        "syncVisitor | '{}'                                | 400",
        "syncVisitor | '{\"visitorCode\":null}'            | 400",
        "syncVisitor | '{\"visitorCode\":7}'               | 400",
        "syncVisitor | '{\"visitorCode\":\"\"}'            | 422",
        "syncVisitor | '{\"visitorCode\":\"<b>\"}'         | 422",
        "syncVisitor | '{\"visitorCode\":\"undefined\"}'   | 422",
        "syncVisitor | '{\"visitorCode\":\"x\"} trailing'  | 400",
        "syncVisitor | '{\"visitorCode\":\"x\"}{}'         | 400",
        "variation   | '{}'                                | 400",
        "variation   | '{\"featureKey\":1}'                | 400",
        "variation   | '{\"featureKey\":\"nosuch\"}'       | 404",
        "variation   | '{\"featureKey\":\"banner\",\"track\":\"yes\"}' | 400",
        "variation   | '{\"featureKey\":\"banner\",\"visitorCode\":\"a b\"}' | 422",
        "conversion  | '{}'                                | 400",
        "conversion  | '{\"goalId\":\"1\"}'                | 400",
        "conversion  | '{\"goalId\":1.5}'                  | 400",
        "conversion  | '{\"goalId\":99999999999}'          | 400",
        "conversion  | '{\"goalId\":1e999999999}'          | 400",
        "conversion  | '{\"goalId\":1,\"revenue\":\"x\"}'  | 400",
        "conversion  | '{\"goalId\":1,\"revenue\":1e300}'  | 400",
        "conversion  | '{\"goalId\":1,\"revenue\":1e999999}' | 400",
        "consent     | '{\"granted\":\"true\"}'            | 400"
      })
  void body_invalid_isProblemAndChangesNothing(String call, String body, int status) {
    app.user = "user-1";

    assertThat(problem(api.post("/" + call, body))).isEqualTo(status);
    assertThat(app.cookies).isEmpty();
    assertThat(shop.store.find(TestShop.key("user-1"))).isEmpty();
    assertThat(shop.decisions.calls).isEmpty();
  }

  @Test
  void body_deeplyNested_isProblem() {
    assertThat(problem(api.post("/syncVisitor", "[".repeat(8_000)))).isEqualTo(400);
    assertThat(problem(api.post("/syncVisitor", "{\"a\":".repeat(1_600)))).isEqualTo(400);
  }

  @Test
  void body_interruptedInTomcat_isProblem() {
    MockHttpServletRequest request =
        new MockHttpServletRequest("POST", "/api/conversion") {
          @Override
          public ServletInputStream getInputStream() {
            return new DelegatingServletInputStream(
                new InputStream() {
                  @Override
                  public int read() throws IOException {
                    IOException broken = new IOException("broken off");
                    setAttribute(RequestDispatcher.ERROR_EXCEPTION, broken);
                    throw broken;
                  }
                });
          }
        };
    request.setContentType("application/json");

    assertThatThrownBy(
            () ->
                ApiRequest.read(
                    request,
                    new IncomingRequest(request, null, false).kind(),
                    List.of(ApiRequest.CODE)))
        .isInstanceOfSatisfying(Problem.class, p -> assertThat(p.status()).isEqualTo(400));
    assertThat(request.getAttribute(RequestDispatcher.ERROR_EXCEPTION)).isNull();
  }

  @Test
  void body_invalidUtf8_isProblem() {
    MockHttpServletRequest request = api.request("POST", "/syncVisitor");
    request.setContentType("application/json");
    request.setContent(new byte[] {'{', '"', (byte) 0xff, '"', ':', '1', '}'});

    assertThat(problem(api.send(request))).isEqualTo(400);
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-16LE", "UTF-16BE", "UTF-16", "UTF-32"})
  void body_otherEncoding_isProblem(String charset) {
    MockHttpServletRequest request = api.request("POST", "/syncVisitor");
    request.setContentType("application/json");
    request.setContent("{\"visitorCode\":\"x\"}".getBytes(Charset.forName(charset)));

    assertThat(problem(api.send(request))).isEqualTo(400);
    assertThat(app.cookies).isEmpty();
  }

  @Test
  void body_interrupted_isProblemAndChangesNothing() {
    app.user = "user-1";
    MockHttpServletRequest request =
        new MockHttpServletRequest(
            api.request("POST", "/syncVisitor").getServletContext(), "POST", "/api/syncVisitor") {
          @Override
          public ServletInputStream getInputStream() {
            return new DelegatingServletInputStream(
                new InputStream() {
                  @Override
                  public int read() throws IOException {
                    throw new IOException("broken off");
                  }
                });
          }
        };
    request.setServletPath("/api");
    request.setPathInfo("/syncVisitor");
    request.setHttpServletMapping(api.request("POST", "/").getHttpServletMapping());
    request.setContentType("application/json");

    assertThat(problem(api.send(request))).isEqualTo(400);
    assertThat(app.cookies).isEmpty();
    assertThat(shop.store.find(TestShop.key("user-1"))).isEmpty();
  }

  @Test
  void consentRefusal_manyCodes_isSentForTwoCodes() {
    shop.consent = new ConsentReader(true, null, "agreed", "yes");
    StringBuilder many = new StringBuilder("c0");
    for (int i = 1; i < 190; i++) {
      many.append("; kameleoonVisitorCode=c").append(i);
    }
    app.cookies.put("kameleoonVisitorCode", many.toString());
    api.post("/consent", "{\"granted\":false}");

    assertThat(shop.decisions.calls).containsExactly("consent c0 false", "consent c1 false");
  }

  @Test
  void body_overEightKilobytes_is413() {
    String body = "{\"visitorCode\":\"x\",\"pad\":\"" + "x".repeat(8_192) + "\"}";

    assertThat(problem(api.post("/syncVisitor", body))).isEqualTo(413);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"application/x-www-form-urlencoded", "text/plain", "text/html", "", ";a/b+json"})
  void body_otherMediaType_is415(String type) {
    MockHttpServletRequest request =
        ApiBrowser.withBody(api.request("POST", "/syncVisitor"), type, "{\"visitorCode\":\"x\"}");

    assertThat(problem(api.send(request))).isEqualTo(415);
  }

  @ParameterizedTest
  @CsvSource({"same-site", "none", "cross-site"})
  void textPlain_fromAnotherOrigin_isRefused(String site) {
    MockHttpServletRequest request =
        ApiBrowser.withBody(
            api.request("POST", "/syncVisitor"), "text/plain", "{\"visitorCode\":\"x\"}");
    request.addHeader("Sec-Fetch-Site", site);

    assertThat(problem(api.send(request))).isEqualTo(site.equals("cross-site") ? 403 : 415);
    assertThat(app.cookies).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "http://localhost, 200",
    "http://localhost:81, 415",
    "null, 403",
    "https://evil.example, 403"
  })
  void textPlain_withoutFetchMetadata_isAcceptedByOriginAndHost(String origin, int status) {
    MockHttpServletRequest request =
        ApiBrowser.withBody(
            api.request("POST", "/syncVisitor"), "text/plain", "{\"visitorCode\":\"x\"}");
    request.addHeader("Host", "localhost");
    request.addHeader("Origin", origin);

    assertThat(api.send(request).getStatus()).isEqualTo(status);
  }

  @ParameterizedTest
  @CsvSource({"POST, /conversion", "DELETE, /visitor", "POST, /consent"})
  void write_fromAnotherSite_is403AndChangesNothing(String method, String path) {
    app.cookies.put("kameleoonVisitorCode", "mine");
    MockHttpServletRequest request =
        ApiBrowser.withBody(api.request(method, path), "application/json", "{\"goalId\":1}");
    request.addHeader("Sec-Fetch-Site", "cross-site");

    assertThat(problem(api.send(request))).isEqualTo(403);
    assertThat(app.code()).isEqualTo("mine");
    assertThat(shop.decisions.calls).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "POST, /visitorCode, 'GET, HEAD'",
    "PUT, /variations, 'GET, HEAD, POST'",
    "GET, /syncVisitor, POST",
    "DELETE, /conversion, POST",
    "POST, /visitor, DELETE",
    "PUT, /consent, POST",
    "OPTIONS, /variation, POST"
  })
  void method_notAllowed_is405WithAllow(String method, String path, String allow) {
    MockHttpServletResponse response = api.send(api.request(method, path));

    assertThat(problem(response)).isEqualTo(405);
    assertThat(response.getHeader("Allow")).isEqualTo(allow);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/visitorcode", "/visitorCode/", "/<script>"})
  void call_unknown_is404WithoutEcho(String path) throws Exception {
    MockHttpServletResponse response = api.get(path);

    assertThat(problem(response)).isEqualTo(404);
    assertThat(response.getContentAsString()).doesNotContain("script");
  }

  // ---- the store is down

  @ParameterizedTest
  @CsvSource({"GET, /visitorCode", "GET, /variations", "DELETE, /visitor"})
  void storeDown_knownUser_is503(String method, String path) {
    shop.store = FaultyStore.down();
    app.user = "user-1";

    MockHttpServletResponse response = api.send(api.request(method, path));

    assertThat(problem(response)).isEqualTo(503);
    assertThat(response.getHeader("Retry-After")).isNotNull();
    assertThat(app.cookies).isEmpty();
  }

  @Test
  void storeDown_anonymousCaller_isAnswered() {
    shop.store = FaultyStore.down();

    assertThat(api.get("/visitorCode").getStatus()).isEqualTo(200);
  }

  @Test
  void resolver_throws_returnsNoCode() {
    shop.users =
        request -> {
          throw new IllegalStateException();
        };

    assertThat(json(api.get("/visitorCode")))
        .isEqualTo(object("{'visitorCode':null,'known':false,'outcome':'UNRESOLVED'}"));
    assertThat(problem(api.send(api.request("DELETE", "/visitor")))).isEqualTo(503);
    assertThat(problem(api.post("/conversion", "{\"goalId\":1}"))).isEqualTo(503);
  }

  @Test
  void variation_beforeDataFile_isOffAndCallsNoProvider() {
    shop.decisions.features = Set.of();

    JsonObject answer = json(api.post("/variation", "{\"featureKey\":\"user-1@example.com\"}"));

    assertThat(answer.getString("key")).isEqualTo("off");
    assertThat(answer.getString("reason")).isEqualTo("NOT_READY");
    assertThat(shop.decisions.calls).noneMatch(call -> call.startsWith("decide"));
  }

  @Test
  void servlet_withoutFilter_failsAndNamesFilter() {
    MockHttpServletRequest request = api.request("GET", "/visitorCode");

    assertThatThrownBy(
            () -> new KameleoonVisitorServlet().service(request, new MockHttpServletResponse()))
        .isInstanceOf(ServletException.class)
        .hasMessageContaining("KameleoonVisitorFilter")
        .hasMessageNotContaining("jar");
    assertThat(request.getAttribute(Visitor.ATTRIBUTE)).isNull();
  }

  @ParameterizedTest
  @EnumSource
  void call_afterOldJarPreventedFilter_answers503WithTheReason(ApiCall call) throws Exception {
    MockHttpServletRequest request =
        ApiBrowser.call(new MockServletContext(), call.method, call.path);
    OldJarMark.set(request.getServletContext());
    MockHttpServletResponse response = new MockHttpServletResponse();

    new KameleoonVisitorServlet().service(request, response);

    assertThat(problem(response)).isEqualTo(503);
    assertThat(json(response).getString("detail")).contains("a jar of the application is too old");
    assertThat(response.getHeader("Cache-Control")).isEqualTo("no-store");
    assertThat(response.containsHeader("Retry-After")).isFalse();
  }

  @Test
  void call_afterFilterStartedAgain_namesMapping() {
    MockHttpServletRequest request =
        ApiBrowser.call(new MockServletContext(), "GET", "/visitorCode");
    OldJarMark.set(request.getServletContext());
    OldJarMark.remove(request.getServletContext());

    assertThatThrownBy(
            () -> new KameleoonVisitorServlet().service(request, new MockHttpServletResponse()))
        .isInstanceOf(ServletException.class);
  }

  private static int problem(MockHttpServletResponse response) {
    JsonObject problem = json(response);
    assertThat(response.getContentType()).startsWith("application/problem+json");
    assertThat(problem.getInt("status")).isEqualTo(response.getStatus());
    assertThat(problem.getString("detail")).isNotBlank();
    return response.getStatus();
  }

  private static JsonObject json(MockHttpServletResponse response) {
    try {
      return Json.createReader(new StringReader(response.getContentAsString())).readObject();
    } catch (UnsupportedEncodingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static JsonObject object(String json) {
    return Json.createReader(new StringReader(json.replace('\'', '"'))).readObject();
  }
}
