package io.github.kameleoonservlet.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Tests that the visitor stays the same in every dispatch by which a server passes a request on.
 */
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class DispatchIT {

  @ArquillianResource private URL url;
  private URI base;

  @Deployment(testable = false)
  static WebArchive pages() {
    return Wars.folder("dispatch").addClasses(AsyncPage.class, TakesFirst.class);
  }

  @BeforeEach
  void findPages() throws URISyntaxException {
    base = url.toURI();
  }

  @Test
  void server_startedByScenario_hasExpectedName() {
    String server = new Browser(base).open("visitor.jsp").text("server");
    System.out.println("These integration tests run on " + server);

    assertThat(server).startsWith(System.getProperty("it.server.info"));
  }

  @ParameterizedTest
  @CsvSource({
    "forward.jsp, 200, FORWARD",
    "include.jsp, 200, INCLUDE",
    "send-error.jsp, 409, ERROR",
    "uncaught.jsp, 500, ERROR",
    "reset.jsp, 200, FORWARD",
    "async, 200, ASYNC"
  })
  void dispatch_newBrowser_keepsOneCodeInOneCookie(String path, int status, String dispatch) {
    Browser browser = new Browser(base);
    Page page = browser.open(path);

    assertThat(page.status()).isEqualTo(status);
    assertThat(page.text("dispatch")).isEqualTo(dispatch);
    assertThat(page.code()).matches("[a-z0-9]{16}");
    assertThat(page.text("before-code")).isEqualTo(page.code());
    assertThat(page.text("attribute-code")).isEqualTo(page.code());
    assertThat(page.cookieCode()).isEqualTo(page.code());
    assertThat(page.visitorCookies()).hasSize(1);
    assertThat(page.header("set-cookie")).as("nothing else, no session").hasSize(1);
    assertThat(page.header("cache-control")).anyMatch(value -> value.contains("private"));
    assertThat(page.text("variation-key")).isEqualTo("on");
    assertThat(browser.open(path).code()).as("the next time").isEqualTo(page.code());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "visitor.jsp",
        "forward.jsp",
        "include.jsp",
        "send-error.jsp",
        "uncaught.jsp",
        "reset.jsp",
        "async",
        "no-such-page"
      })
  void dispatch_anyKind_decidesForUrlOfBrowser(String path) {
    String asked = path + "?asked=1&to=%2Fcaf%C3%A9";
    Page page = new Browser(base).open(asked);

    assertThat(page.text("asked-url")).isEqualTo(base + asked);
    assertThat(page.text("asked-key")).isEqualTo("on");
    assertThat(new Browser(base).open(path).text("asked-key")).isEqualTo("off");
  }

  @Test
  void async_separateThread_decidesForUrlOfBrowser() {
    Page page = new Browser(base).open("async?write&asked=1");

    assertThat(page.text("asked-key")).contains("asked-url=on");
  }

  @Test
  void sessionId_inPath_isRemovedFromUrl() {
    Page page = new Browser(base).open("visitor.jsp;jsessionid=0A1B?asked=1");

    assertThat(page.text("asked-url")).isEqualTo(base + "visitor.jsp?asked=1");
  }

  /**
   * Tomcat forwards to the login page before any filter runs; Jetty redirects to the login page.
   */
  @Test
  @Tag("tomcat")
  void formLogin_pageOfContainer_decidesForUrlOfBrowser() {
    Page login = new Browser(base).open("private/?asked=1");

    assertThat(login.body()).contains("j_security_check");
    assertThat(login.text("asked-url")).isEqualTo(base + "private/?asked=1");
  }

  /** Jetty responds without the error page. */
  @Test
  @Tag("tomcat")
  void errorPage_refusedBeforeFilter_decidesForUrlOfBrowser() {
    Page page = new Browser(base).open("denied/page?asked=1");

    assertThat(page.text("dispatch")).isEqualTo("ERROR");
    assertThat(page.text("asked-url")).isEqualTo(base + "denied/page?asked=1");
  }

  /**
   * The last three redirects exist since Servlet 6.1; on earlier versions the page uses the first
   * one.
   */
  @ParameterizedTest
  @ValueSource(strings = {"usual", "status", "buffer", "both"})
  void redirect_newBrowser_setsCookie(String as) {
    Page redirect = new Browser(base).submitAndStay("redirect.jsp?as=" + as);

    assertThat(redirect.status()).isBetween(302, 307);
    assertThat(redirect.cookieCode()).matches("[a-z0-9]{16}");
    assertThat(redirect.visitorCookies()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"reader", "writer"})
  void api_earlierFilterTakesReaderOrWriter_answersInJson(String taken) {
    Browser app = new Browser(base);
    String body = "{\"featureKey\":\"free-shipping\",\"visitorCode\":\"app-1\"}";

    Page answer = app.call("POST", "api/variation?take=" + taken, body);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json("visitorCode")).isEqualTo("app-1");
    assertThat(answer.json("featureKey")).isEqualTo("free-shipping");

    Page refusal = app.call("POST", "api/variation?take=" + taken, "{\"featureKey\":1}");
    assertThat(refusal.status()).isEqualTo(400);
    assertThat(refusal.header("content-type")).anyMatch(type -> type.contains("problem+json"));
    assertThat(refusal.json("detail")).contains("featureKey");
  }

  @Test
  void async_separateThread_readsVisitor() {
    Page page = new Browser(base).open("async?write");

    assertThat(page.code()).isEqualTo(page.cookieCode());
    assertThat(page.text("variation")).contains("free-shipping=on", "ASSIGNED");
  }

  @Test
  void formLogin_pageOfContainer_hasVisitor() {
    Page login = new Browser(base).open("private/");

    assertThat(login.body()).contains("j_security_check");
    assertThat(login.code()).matches("[a-z0-9]{16}").isEqualTo(login.cookieCode());
    assertThat(login.outcome()).isEqualTo("ISSUED");
    assertThat(login.user()).isEqualTo("anonymous");
  }

  @Test
  void formLogin_twoBrowsers_haveOneCode() {
    Browser first = new Browser(base);
    Page anonymous = first.open("visitor.jsp");
    first.open("private/");
    Page linked = signIn(first, "user-1");
    Browser second = new Browser(base, "second-device");
    second.open("private/");
    Page restored = signIn(second, "user-1");

    assertThat(linked.user()).isEqualTo("user-1");
    assertThat(linked.code()).isEqualTo(anonymous.code());
    assertThat(restored.code()).isEqualTo(anonymous.code());
    assertThat(second.code()).isEqualTo(anonymous.code());
  }

  @Test
  void formLogin_newBrowser_keepsCodeOfLoginPage() {
    Browser browser = new Browser(base);
    Page login = browser.open("private/");
    Page linked = signIn(browser, "user-3");

    assertThat(linked.user()).isEqualTo("user-3");
    assertThat(linked.code()).isEqualTo(login.code());
    assertThat(browser.code()).isEqualTo(login.code());
  }

  @Test
  void formLogin_wrongPassword_keepsCode() {
    Browser browser = new Browser(base);
    Page login = browser.open("private/");
    Page again = browser.submit("j_security_check", "j_username", "user-1", "j_password", "no");

    assertThat(again.user()).isEqualTo("anonymous");
    assertThat(again.code()).isEqualTo(login.code());
  }

  private static Page signIn(Browser browser, String user) {
    Page page = browser.submit("j_security_check", "j_username", user, "j_password", "demo");
    return page.outcome().equals("UNRESOLVED") ? Shop.resolved(browser, "private/") : page;
  }

  /** A browser sends no {@code SameSite=Lax} cookie with a POST from another site. */
  @Test
  void crossSitePost_refusedBeforeFilter_setsNoCookieOnErrorPage() {
    Page page = new Browser(base).submitFromElsewhere("denied/page", "paid", "yes");

    assertThat(page.status()).isEqualTo(403);
    assertThat(page.visitorCookies()).isEmpty();
  }

  /** Jetty responds to such a POST without the error page. */
  @Test
  @Tag("tomcat")
  void crossSitePost_refusedBeforeFilter_isUnresolvedOnErrorPage() {
    Page page = new Browser(base).submitFromElsewhere("denied/page", "paid", "yes");

    assertThat(page.text("dispatch")).isEqualTo("ERROR");
    assertThat(page.outcome()).isEqualTo("UNRESOLVED");
  }

  /** Tomcat forwards to the login page by GET; Jetty redirects to the login page. */
  @Test
  @Tag("tomcat")
  void crossSitePost_forwardedToLoginPage_setsNoCookie() {
    Page login = new Browser(base).submitFromElsewhere("private/", "paid", "yes");

    assertThat(login.body()).contains("j_security_check");
    assertThat(login.visitorCookies()).isEmpty();
    assertThat(login.outcome()).isEqualTo("UNRESOLVED");
  }

  @Test
  void login_duringRequest_takesEffectAtOnce() {
    Browser first = new Browser(base, "user-2-at-home");
    Shop.resolved(first, "login-call.jsp?user=user-2");
    Browser second = new Browser(base, "user-2-at-work");
    Page page = Shop.resolved(second, "login-call.jsp?user=user-2");

    assertThat(page.text("before-code")).isEqualTo("user-2-at-work");
    assertThat(page.user()).isEqualTo("user-2");
    assertThat(page.outcome()).isEqualTo("RESTORED");
    assertThat(page.code()).isEqualTo("user-2-at-home").isEqualTo(page.cookieCode());
    assertThat(page.text("attribute-code")).isEqualTo(page.code());
  }

  @Test
  void logout_duringRequest_keepsCode() {
    Browser browser = new Browser(base);
    browser.open("private/");
    Page known = signIn(browser, "user-4");
    Page after = browser.open("logout-call.jsp");

    assertThat(known.user()).isEqualTo("user-4");
    assertThat(after.text("before-code")).isEqualTo("user-4");
    assertThat(after.user()).isEqualTo("anonymous");
    assertThat(after.code()).isEqualTo(known.code());
    assertThat(browser.code()).isEqualTo(known.code());
  }

  @Test
  void headers_setByApplication_areOverriddenForVisitor() {
    Page page = new Browser(base).open("public.jsp");

    assertThat(page.visitorCookies()).hasSize(1);
    assertThat(page.cookieCode()).isEqualTo(page.code());
    assertThat(page.header("cache-control")).containsExactly("private, max-age=60");
  }

  @Test
  void asyncHeaders_setByPage_areOverriddenForVisitor() {
    Page page = new Browser(base).open("async?public");

    assertThat(page.visitorCookies()).hasSize(1);
    assertThat(page.cookieCode()).isEqualTo(page.code());
    assertThat(page.header("cache-control")).containsExactly("private, max-age=60");
  }

  @Test
  void asyncHeaders_setByThread_areOverriddenForVisitor() {
    Page page = new Browser(base).open("async?write");
    Page background = new Browser(base, "from-before").fetch("async?write");

    assertThat(page.header("cache-control")).containsExactly("private, max-age=60");
    assertThat(background.header("cache-control")).containsExactly("private, max-age=60");
    assertThat(page.header("cdn-cache-control")).isEmpty();
    assertThat(page.visitorCookies()).hasSize(1);
  }

  @Test
  void api_mapped_isReached() {
    Browser app = new Browser(base);
    Page sync = app.call("POST", "api/syncVisitor", "{\"visitorCode\":\"of-the-app\"}");
    Page same = app.fetch("api/visitorCode");
    Page variation = app.call("POST", "api/variation", "{\"featureKey\":\"free-shipping\"}");
    Page unknown = app.fetch("api/no-such-call");

    assertThat(sync.body()).contains("\"visitorCode\":\"of-the-app\"").contains("RECOGNIZED");
    assertThat(sync.cookieCode())
        .as("the body was read before the visitor was resolved")
        .isEqualTo("of-the-app");
    assertThat(sync.header("cache-control")).anyMatch(value -> value.contains("no-store"));
    assertThat(same.body()).contains("\"visitorCode\":\"of-the-app\"");
    assertThat(variation.body()).contains("\"key\":\"on\"");
    assertThat(unknown.status()).isEqualTo(404);
    assertThat(unknown.header("content-type")).first().asString().contains("problem+json");
  }

  @ParameterizedTest
  @ValueSource(strings = {"visitor.jsp", "forward.jsp", "async"})
  void backgroundRequest_returningBrowser_hasCodeButWritesNoCookie(String path) {
    Page page = new Browser(base, "from-before").fetch(path);

    assertThat(page.code()).isEqualTo("from-before");
    assertThat(page.visitorCookies()).isEmpty();
  }
}
