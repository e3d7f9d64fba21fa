package io.github.kameleoonservlet.it;

import static io.github.kameleoonservlet.it.Shop.newUser;
import static io.github.kameleoonservlet.it.Shop.signIn;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.util.List;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Tests that website, backend and app share one visitor: each arrow of Kameleoon's guide, on the
 * sample shop.
 */
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class ApiIT {

  @ArquillianResource private URL url;
  private URI base;

  @Deployment(testable = false)
  static WebArchive shop() {
    return Wars.sample();
  }

  @BeforeEach
  void findShop() throws URISyntaxException {
    base = url.toURI();
  }

  // Website and backend.

  @Test
  void websiteAndBackend_withCookie_haveOneCode() {
    Browser website = new Browser(base);
    Page page = website.open("");
    Page answer = website.call("GET", "api/visitorCode", null);

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json("visitorCode")).isEqualTo(page.code()).isEqualTo(website.code());
    assertThat(answer.json("known")).isEqualTo("false");
    assertThat(answer.json("outcome")).isEqualTo("RECOGNIZED");
    assertThat(answer.header("cache-control")).anyMatch(value -> value.contains("no-store"));
  }

  @Test
  void syncVisitor_fromPage_givesBackendCodeOfPage() {
    Browser website = new Browser(base);
    website.open("");
    String ofThePage = newUser("engine");
    Page answer = website.fetchPost("api/syncVisitor", "{\"visitorCode\":\"" + ofThePage + "\"}");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json("visitorCode")).isEqualTo(ofThePage).isEqualTo(answer.cookieCode());
    assertThat(website.open("").code()).isEqualTo(ofThePage);
  }

  @Test
  void syncVisitor_knownUser_keepsStoredCode() {
    String user = newUser("user-1");
    Browser website = new Browser(base);
    String stored = signIn(website, user).code();
    Page answer = website.fetchPost("api/syncVisitor", "{\"visitorCode\":\"another\"}");

    assertThat(answer.json("visitorCode")).isEqualTo(stored);
    assertThat(website.code()).isEqualTo(stored);
    assertThat(signIn(new Browser(base), user).code()).isEqualTo(stored);
  }

  // The app.

  @Test
  void mobile_signedIn_getsCodeOfWebsite() {
    String user = newUser("user-1");
    String ofTheWebsite = signIn(new Browser(base), user).code();
    Page answer = visitorCode(signedInApp(user));

    assertThat(answer.json("visitorCode")).isEqualTo(ofTheWebsite);
    assertThat(answer.json("known")).isEqualTo("true");
    assertThat(answer.json("outcome")).isEqualTo("RESTORED");
    assertThat(answer.cookieCode()).isEqualTo(ofTheWebsite);
  }

  @Test
  void mobile_firstWithOwnCode_givesCodeToWebsite() {
    String user = newUser("user-1");
    String own = newUser("phone");
    Browser app = signedInApp(user);
    Page answer = post(app, "api/syncVisitor", "{'visitorCode':'" + own + "'}");
    Browser website = new Browser(base, newUser("laptop"));

    assertThat(answer.json("visitorCode")).isEqualTo(own);
    assertThat(signIn(website, user).code()).isEqualTo(own);
    assertThat(website.code()).isEqualTo(own);
  }

  @Test
  void variation_onServer_sendsOneLineOnlyWithTracking() {
    Browser app = signedInApp(newUser("user-1"));
    String code = visitorCode(app).json("visitorCode");
    Page untracked = post(app, "api/variation", "{'featureKey':'spring-offer','track':false}");
    Page byDefault = post(app, "api/variation", "{'featureKey':'spring-offer'}");
    List<String> before = SentLines.of(base, code);
    Page tracked = post(app, "api/variation", "{'featureKey':'spring-offer','track':true}");
    List<String> after = SentLines.of(base, code);

    assertThat(untracked.json("visitorCode")).isEqualTo(code);
    assertThat(untracked.json("key")).isIn("control", "treatment");
    assertThat(untracked.json("experimentId")).isEqualTo("7101");
    assertThat(untracked.json("reason")).isEqualTo("ASSIGNED");
    assertThat(byDefault.body()).isEqualTo(untracked.body());
    assertThat(tracked.body()).isEqualTo(untracked.body());
    assertThat(before).isEmpty();
    assertThat(after)
        .singleElement()
        .asString()
        .contains("eventType=experiment", "id=7101", "variationId=" + tracked.json("id"));
  }

  @Test
  void conversion_clientDecides_isTrackedUnderCodeOfClient() {
    Browser app = signedInApp(newUser("user-1"));
    String code = visitorCode(app).json("visitorCode");
    // The app has decided by itself and has tracked the exposure.
    Page answer = post(app, "api/conversion", "{'goalId':301,'revenue':12.5}");

    assertThat(answer.status()).isEqualTo(204);
    assertThat(SentLines.of(base, code))
        .singleElement()
        .asString()
        .contains("eventType=conversion", "goalId=301", "revenue=12.5");
  }

  @Test
  void serverAndApp_tracking_useOneCode() {
    String user = newUser("user-1");
    Browser website = new Browser(base);
    String code = signIn(website, user).code();
    Browser app = signedInApp(user);
    post(app, "api/conversion", "{'goalId':302}");
    website.submit("cart", "product", "kettle");
    website.submit("cart", "order", "yes");

    assertThat(SentLines.of(base, code))
        .anyMatch(line -> line.contains("eventType=experiment") && line.contains("id=7101"))
        .anyMatch(line -> line.contains("eventType=conversion") && line.contains("goalId=301"))
        .anyMatch(line -> line.contains("eventType=conversion") && line.contains("goalId=302"));
    assertThat(visitorCode(app).json("visitorCode")).isEqualTo(code);
  }

  @Test
  void variations_forPageStart_sendNoExposure() {
    String code = newUser("visitor");
    Browser website = new Browser(base, code);
    Page answer = website.call("GET", "api/variations", null);

    assertThat(answer.json("visitorCode")).isEqualTo(code);
    assertThat(answer.body())
        .contains("\"spring-offer\":{", "\"free-shipping\":{", "\"one-click-order\":{");
    assertThat(SentLines.of(base, code)).isEmpty();
  }

  // Sign-out and erasure.

  @Test
  void signOut_nextUserInSameBrowser_getsOtherCode() {
    Browser app = signedInApp(newUser("user-1"));
    String first = visitorCode(app).json("visitorCode");
    app.submitAndStay("logout");
    Page afterwards = visitorCode(app);
    app.submitAndStay("login", "user", newUser("user-2"), "password", "demo");

    assertThat(afterwards.json("visitorCode")).isEqualTo(first);
    assertThat(afterwards.json("known")).isEqualTo("false");
    assertThat(visitorCode(app).json("visitorCode")).isNotEqualTo(first);
  }

  @Test
  void deleteVisitor_knownUser_erasesLinkAndCookiePermanently() {
    String user = newUser("user-1");
    Browser app = signedInApp(user);
    String erased = visitorCode(app).json("visitorCode");
    Page answer = app.call("DELETE", "api/visitor", null);

    assertThat(answer.status()).isEqualTo(204);
    assertThat(app.code()).isNull();
    assertThat(visitorCode(app).json("visitorCode")).isNotEqualTo(erased);
    assertThat(signIn(new Browser(base, erased), user).code()).isNotEqualTo(erased);
    assertThat(signIn(new Browser(base, erased), newUser("user-2")).code()).isNotEqualTo(erased);
  }

  // Invalid calls.

  @Test
  void mobile_bodyBreaksOff_leavesUserWithoutLink() {
    Browser app = signedInApp(newUser("user-1"));
    String own = newUser("phone");
    URI call = base.resolve("api/syncVisitor");

    Page refused =
        RawRequest.send(
            call,
            ("POST " + call.getRawPath() + " HTTP/1.1\r\nHost: " + call.getRawAuthority())
                .concat("\r\nConnection: close\r\nContent-Type: application/json")
                .concat("\r\nCookie: " + app.cookieHeader() + "\r\nContent-Length: 100\r\n\r\n{")
                .getBytes(ISO_8859_1));

    assertThat(refused.status()).isNotEqualTo(200);
    assertThat(refused.cookieCode()).isNull();
    assertThat(post(app, "api/syncVisitor", "{'visitorCode':'" + own + "'}").json("visitorCode"))
        .isEqualTo(own);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "POST   | variation   | {'featureKey':'no-such-feature'} | 404",
        "POST   | variation   | {'featureKey':7}                 | 400",
        "POST   | variation   | {'featureKey'                    | 400",
        "POST   | syncVisitor | {'visitorCode':'<script>'}       | 422",
        "POST   | conversion  | {}                               | 400",
        "POST   | consent     | {'granted':true}                 | 409",
        "GET    | syncVisitor |                                  | 405",
        "DELETE | visitorCode |                                  | 405",
        "GET    | nothing     |                                  | 404"
      })
  void wrongCall_anyKind_isProblemDocumentAndChangesNothing(
      String method, String path, String body, int status) {
    Browser app = Browser.app(base);
    Page answer = app.call(method, "api/" + path, body == null ? null : body.replace('\'', '"'));

    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.header("content-type"))
        .singleElement()
        .asString()
        .contains("application/problem+json");
    assertThat(answer.json("status")).isEqualTo("" + status);
    assertThat(answer.visitorCookies()).isEmpty();
  }

  private Browser signedInApp(String user) {
    Browser app = Browser.app(base);
    app.submitAndStay("login", "user", user, "password", "demo");
    return app;
  }

  private static Page visitorCode(Browser app) {
    return Shop.answered(() -> app.call("GET", "api/visitorCode", null));
  }

  private static Page post(Browser app, String path, String body) {
    return Shop.answered(() -> app.call("POST", path, body.replace('\'', '"')));
  }
}
