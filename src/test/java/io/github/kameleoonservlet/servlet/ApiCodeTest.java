package io.github.kameleoonservlet.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kameleoonservlet.Visitor;
import io.github.kameleoonservlet.identity.VisitorCode;
import io.github.kameleoonservlet.identity.VisitorCodeStore.LinkResult;
import io.github.kameleoonservlet.internal.visitor.ConsentReader;
import io.github.kameleoonservlet.testing.FaultyStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

/** Tests that every call of the API accepts the caller's code, by the decision table. */
class ApiCodeTest {

  private static final String HEADER = "X-Kameleoon-Visitor-Code";

  private final TestShop shop = new TestShop();
  private final TestShop.Browser app = shop.new Browser();
  private final ApiBrowser api = new ApiBrowser(app);

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "DELETE_VISITOR")
  void anonymous_sendsCode_usesIt(ApiCall call) {
    app.cookies.put("kameleoonVisitorCode", "cookie");

    assertThat(send(call, "app")).isEqualTo("RECOGNIZED app");
    assertThat(app.code()).isEqualTo("app");
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "DELETE_VISITOR")
  void userWithStoredCode_sendsAnotherCode_getsStoredCode(ApiCall call) {
    app.user = "user-1";
    shop.link("user-1", "stored");

    assertThat(send(call, "app")).isEqualTo("RESTORED stored");
    assertThat(app.code()).isEqualTo("stored");
    assertThat(shop.store.find(TestShop.key("user-1"))).contains(new VisitorCode("stored"));
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "DELETE_VISITOR")
  void userWithStoredCode_sendsSameCode_isRecognized(ApiCall call) {
    app.user = "user-1";
    shop.link("user-1", "stored");

    assertThat(send(call, "stored")).isEqualTo("RECOGNIZED stored");
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "DELETE_VISITOR")
  void userWithoutCode_sendsFreeCode_isLinkedToIt(ApiCall call) {
    app.user = "user-1";
    app.cookies.put("kameleoonVisitorCode", "cookie");

    assertThat(send(call, "app")).isEqualTo("LINKED app");
    assertThat(shop.store.find(TestShop.key("user-1"))).contains(new VisitorCode("app"));
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "DELETE_VISITOR")
  void userWithoutCode_sendsTakenCode_getsNewCode(ApiCall call) {
    app.user = "user-1";
    shop.link("user-2", "taken");

    assertThat(send(call, "taken")).isEqualTo("SEPARATED new-1");
    assertThat(shop.store.find(TestShop.key("user-1"))).contains(new VisitorCode("new-1"));
    assertThat(shop.store.find(TestShop.key("user-2"))).contains(new VisitorCode("taken"));
  }

  @ParameterizedTest
  @EnumSource
  void storeDown_userSendsCode_is503AndSendsNoEvent(ApiCall call) {
    app.user = "user-1";
    shop.store = FaultyStore.down();

    assertThat(respond(call, "app").getStatus()).isEqualTo(503);
    assertThat(app.code()).isNull();
    assertThat(shop.decisions.calls).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void withoutConsent_codeSent_isNotRemembered(ApiCall call) {
    app.user = "user-1";
    shop.consent = new ConsentReader(true, null, "agreed", "yes");

    MockHttpServletResponse response =
        app.send(
            call == ApiCall.CONSENT
                ? ApiBrowser.withBody(
                    api.request("POST", "/consent"),
                    "application/json",
                    "{\"granted\":false,\"visitorCode\":\"app\"}")
                : call.announcing("app"),
            (request, answer) -> new KameleoonVisitorServlet().service(request, answer));

    assertThat(response.getStatus()).isIn(200, 204);
    assertThat(response.getContentAsByteArray()).asString().doesNotContain("app\"");
    assertThat(app.code()).isNull();
    assertThat(shop.store.find(TestShop.key("user-1"))).isEmpty();
    assertThat(shop.decisions.calls).noneMatch(sent -> !sent.equals("consent app false"));
  }

  @ParameterizedTest
  @EnumSource(
      mode = Mode.EXCLUDE,
      names = {"CONVERSION", "DELETE_VISITOR"})
  void unidentifiedCaller_codeSent_isRequestOnly(ApiCall call) {
    shop.users =
        request -> {
          throw new IllegalStateException();
        };

    assertThat(send(call, "app")).isEqualTo("UNRESOLVED app");
    assertThat(app.code()).isNull();
    assertThat(shop.decisions.calls).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void invalidCode_sent_is422AndChangesNothing(ApiCall call) {
    app.user = "user-1";
    for (String text : new String[] {"", " ", "a b", "undefined", "x".repeat(101)}) {
      assertThat(respond(call, text).getStatus()).as("'%s'", text).isEqualTo(422);
    }
    assertThat(app.cookies).isEmpty();
    assertThat(shop.decisions.calls).isEmpty();
    assertThat(shop.store.find(TestShop.key("user-1"))).isEmpty();
  }

  @Test
  void conversion_codeSent_isTrackedUnderIt() {
    send(ApiCall.CONVERSION, "app");

    assertThat(shop.decisions.calls).containsExactly("conversion app 1 0.0");
  }

  @Test
  void variations_codeSent_areDecidedForIt() {
    send(ApiCall.VARIATIONS, "app");

    assertThat(shop.decisions.calls).containsExactly("decide app banner");
  }

  @Test
  void refusal_codeSent_isForwardedToPlatform() {
    shop.consent = new ConsentReader(true, null, "agreed", "yes");
    app.cookies.put("kameleoonVisitorCode", "cookie");

    api.post("/consent", "{\"granted\":false,\"visitorCode\":\"app\"}");

    assertThat(shop.decisions.calls).containsExactly("consent app false", "consent cookie false");
  }

  // ---- erasure

  @ParameterizedTest
  @ValueSource(strings = {"app", "stored"})
  void deleteVisitor_userWithStoredCode_erasesStoredCode(String announced) {
    app.user = "user-1";
    shop.link("user-1", "stored");

    assertThat(respond(ApiCall.DELETE_VISITOR, announced).getStatus()).isEqualTo(204);
    assertThat(app.code()).isNull();
    assertThat(shop.store.find(TestShop.key("user-1"))).isEmpty();
    assertThat(shop.store.link(TestShop.key("user-3"), new VisitorCode("stored")))
        .isEqualTo(LinkResult.CODE_TAKEN);
  }

  @Test
  void deleteVisitor_unlinkedUserSendsCode_codeIsNeverLinkedAgain() {
    app.user = "user-1";

    assertThat(respond(ApiCall.DELETE_VISITOR, "app").getStatus()).isEqualTo(204);
    assertThat(app.code()).isNull();
    assertThat(shop.store.find(TestShop.key("user-1"))).isEmpty();
    assertThat(send(ApiCall.VISITOR_CODE, "app")).startsWith("SEPARATED new-");
  }

  @Test
  void deleteVisitor_codeOfAnotherUser_keepsLinkOfThatUser() {
    app.user = "user-1";
    shop.link("user-2", "taken");

    assertThat(respond(ApiCall.DELETE_VISITOR, "taken").getStatus()).isEqualTo(204);
    assertThat(shop.store.find(TestShop.key("user-1"))).isEmpty();
    assertThat(shop.store.find(TestShop.key("user-2"))).contains(new VisitorCode("taken"));
  }

  @Test
  void deleteVisitor_anonymous_makesNoStoreCall() {
    shop.store = FaultyStore.down();
    app.cookies.put("kameleoonVisitorCode", "cookie");

    assertThat(respond(ApiCall.DELETE_VISITOR, "app").getStatus()).isEqualTo(204);
    assertThat(app.code()).isNull();
  }

  // ---- the header

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "DELETE_VISITOR")
  void codeHeader_everyCall_overridesCookieButNotBody(ApiCall call) {
    app.cookies.put("kameleoonVisitorCode", "cookie");
    MockHttpServletRequest request = call.announcing(call == ApiCall.SYNC_VISITOR ? "body" : null);
    request.addHeader(HEADER, "header");
    if (call == ApiCall.CONSENT) {
      shop.consent = new ConsentReader(true, null, "agreed", "yes");
    }
    api.send(request);

    assertThat(visitor(request)).endsWith(call == ApiCall.SYNC_VISITOR ? " body" : " header");
  }

  @Test
  void codeHeader_sentTwice_is422() {
    MockHttpServletRequest request = ApiCall.VISITOR_CODE.announcing("one");
    request.addHeader(HEADER, "two");

    assertThat(api.send(request).getStatus()).isEqualTo(422);
    assertThat(app.cookies).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"Sec-Fetch-Site, cross-site", "Origin, https://evil.example"})
  void codeHeader_fromAnotherSite_is403AndChangesNothing(String name, String value) {
    app.cookies.put("kameleoonVisitorCode", "mine");
    MockHttpServletRequest request = ApiCall.VISITOR_CODE.announcing("planted");
    request.addHeader(name, value);

    assertThat(api.send(request).getStatus()).isEqualTo(403);
    assertThat(app.code()).isEqualTo("mine");
  }

  @ParameterizedTest
  @EnumSource
  void codeInQuery_anyCall_is400AndNamesRightPlace(ApiCall call) throws Exception {
    MockHttpServletRequest request = call.announcing(null);
    request.setQueryString("_=1&visitorCode=app");

    MockHttpServletResponse response = api.send(request);

    assertThat(response.getStatus()).isEqualTo(400);
    assertThat(response.getContentAsString()).contains("query", HEADER);
    assertThat(app.cookies).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"visitor%43ode=app", "a;visitorCode=app", "visitorCode", "%zz&visitorCode=x"})
  void codeInQuery_anySpelling_is400(String query) {
    MockHttpServletRequest request = ApiCall.VISITOR_CODE.announcing(null);
    request.setQueryString(query);

    assertThat(api.send(request).getStatus()).isEqualTo(400);
  }

  @Test
  void otherQueryParameters_anyCall_areIgnored() {
    MockHttpServletRequest request = ApiCall.VISITOR_CODE.announcing("app");
    request.setQueryString("_=1&visitorCodes");

    assertThat(api.send(request).getStatus()).isEqualTo(200);
  }

  /** Over HTTP/2 a body needs neither a length nor a transfer encoding. */
  @Test
  void bodyOfUnknownLength_callWithoutBody_is400() {
    for (boolean taken : new boolean[] {false, true}) {
      MockHttpServletRequest request =
          new MockHttpServletRequest("DELETE", "/api/visitor") {
            @Override
            public long getContentLengthLong() {
              return -1;
            }
          };
      request.setServletPath("/api");
      request.setPathInfo("/visitor");
      ApiBrowser.withBody(request, "application/json", "{\"visitorCode\":\"app\"}");
      if (taken) {
        takeReader(request);
      }

      assertThat(api.send(request).getStatus()).isEqualTo(400);
    }
  }

  private static void takeReader(MockHttpServletRequest request) {
    try {
      request.getReader();
    } catch (java.io.UnsupportedEncodingException e) {
      throw new IllegalStateException(e);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"VISITOR_CODE", "VARIATIONS", "DELETE_VISITOR"})
  void body_callWithoutBody_is400AndNamesHeader(ApiCall call) throws Exception {
    app.cookies.put("kameleoonVisitorCode", "mine");
    MockHttpServletRequest request =
        ApiBrowser.withBody(call.announcing(null), "application/json", "{\"visitorCode\":\"app\"}");

    MockHttpServletResponse response = api.send(request);

    assertThat(response.getStatus()).isEqualTo(400);
    assertThat(response.getContentAsString()).contains(HEADER);
    assertThat(app.code()).isEqualTo("mine");
  }

  // ---- unknown fields

  @ParameterizedTest
  @CsvSource({
    "SYNC_VISITOR, 'visitorCode'",
    "VARIATION, 'featureKey, track, explain, visitorCode, page, device, operatingSystem, browser'",
    "VARIATIONS_OF_DEVICE, 'visitorCode, page, device, operatingSystem, browser'",
    "CONVERSION, 'goalId, revenue, visitorCode'",
    "CONSENT, 'granted, visitorCode'"
  })
  void unknownField_inBody_is400AndNamesAllowedFields(ApiCall call, String allowed)
      throws Exception {
    app.user = "user-1";
    MockHttpServletRequest request =
        ApiBrowser.withBody(
            call.announcing(null),
            "application/json",
            call.body("app").replace("visitorCode", "visitorcode"));

    MockHttpServletResponse response = api.send(request);

    assertThat(response.getStatus()).isEqualTo(400);
    assertThat(response.getContentAsString()).contains("visitorcode", "Allowed: " + allowed + ".");
    assertThat(app.cookies).isEmpty();
    assertThat(shop.decisions.calls).isEmpty();
    assertThat(shop.store.find(TestShop.key("user-1"))).isEmpty();
  }

  @Test
  void unknownField_anyName_isShownInFortySafeCharacters() throws Exception {
    MockHttpServletResponse response =
        api.post(
            "/conversion", "{\"goalId\":1,\"<b>\\u0000\\r\\n\\\"é" + "x".repeat(500) + "y\":1}");

    assertThat(response.getStatus()).isEqualTo(400);
    assertThat(response.getContentAsString())
        .contains("The field ?b??????" + "x".repeat(32) + "... is unknown")
        .doesNotContain("<b>", "x".repeat(33), "y\"");
    assertThat(api.post("/conversion", "{\"" + "x".repeat(40) + "\":1}").getContentAsString())
        .contains("The field " + "x".repeat(40) + " is unknown");
  }

  // ---- helpers

  private String send(ApiCall call, String announced) {
    if (call == ApiCall.CONSENT) {
      shop.consent = new ConsentReader(true, null, "agreed", "yes");
    }
    MockHttpServletRequest request = call.announcing(announced);
    assertThat(api.send(request).getStatus()).isIn(200, 204);
    return visitor(request);
  }

  private MockHttpServletResponse respond(ApiCall call, String announced) {
    if (call == ApiCall.CONSENT) {
      shop.consent = new ConsentReader(true, null, "agreed", "yes");
    }
    return api.send(call.announcing(announced));
  }

  private static String visitor(MockHttpServletRequest request) {
    Visitor visitor = (Visitor) request.getAttribute(Visitor.ATTRIBUTE);
    return visitor.getOutcome() + " " + visitor.getCode();
  }
}
