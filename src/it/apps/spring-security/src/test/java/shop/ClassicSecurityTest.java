package shop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.CookieManager;
import java.net.HttpCookie;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.catalina.LifecycleState;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClassicSecurityTest {

  private static final Tomcat TOMCAT = new Tomcat();
  @TempDir private static Path home;

  @BeforeAll
  static void start() throws Exception {
    Connector connector = new Connector();
    connector.setProperty("address", "127.0.0.1");
    connector.setPort(0);
    TOMCAT.setBaseDir(home.toString());
    TOMCAT.setConnector(connector);
    var shop = TOMCAT.addWebapp("", System.getProperty("shop.webapp"));
    TOMCAT.start();
    assertEquals(LifecycleState.STARTED, shop.getState());
  }

  @AfterAll
  static void stop() throws Exception {
    TOMCAT.stop();
    TOMCAT.destroy();
  }

  @Test
  void user_inSecondBrowser_hasStoredCodeOnFirstPageAfterLogin() throws Exception {
    Browser first = new Browser();
    Page before = first.get("/account");
    Page after = first.signIn("user-2");
    assertEquals("user-2 LINKED", after.visitor());
    assertEquals(before.code(), after.code(), "the code of the login page is the user's");

    Browser second = new Browser();
    assertNotEquals(before.code(), second.get("/").code());
    second.get("/account");
    Page restored = second.signIn("user-2");
    assertEquals("user-2 RESTORED", restored.visitor());
    assertEquals(before.code(), restored.code());
    assertEquals(List.of(before.code()), restored.cookies());
    assertEquals(before.code(), second.get("/").code());
  }

  @Test
  void rememberedUser_withoutSession_hasStoredCode() throws Exception {
    Browser browser = new Browser();
    browser.get("/account");
    Page known = browser.signIn("user-1");
    browser.forget("JSESSIONID");
    browser.forget("kameleoonVisitorCode");

    Page remembered = browser.get("/");

    assertEquals("user-1 RESTORED", remembered.visitor());
    assertEquals(List.of(known.code()), remembered.cookies());
  }

  @Test
  void login_throughRequest_takesEffectOnSamePage() throws Exception {
    Browser elsewhere = new Browser();
    elsewhere.get("/account");
    Page known = elsewhere.signIn("user-1");

    Page page = new Browser().get("/login-call");

    assertEquals("user-1 RESTORED", page.visitor());
    assertEquals(List.of(known.code()), page.cookies());
  }

  @Test
  void page_withSpringSecurity_keepsCacheControlOfSpringSecurity() throws Exception {
    var headers = new Browser().get("/").answer.headers();

    assertEquals(
        List.of("private, no-cache, no-store, max-age=0, must-revalidate"),
        headers.allValues("cache-control"));
    assertEquals(List.of("no-cache"), headers.allValues("pragma"));
    assertEquals(List.of("0"), headers.allValues("expires"));
  }

  @Test
  void signOut_pageCallsSignOut_renewsCode() throws Exception {
    Browser browser = new Browser();
    browser.get("/account");
    Page known = browser.signIn("user-1");

    Page after = browser.post("/logout", "_csrf=" + known.csrf());

    assertEquals("null ISSUED", after.visitor());
    assertNotEquals(known.code(), after.code());
    assertEquals(List.of(after.code()), after.cookies());
  }

  @Test
  void supportUser_actingAsCustomer_isNotMeasuredAndKeepsCode() throws Exception {
    Browser support = new Browser();
    support.get("/account");
    Page own = support.signIn("support-1");

    Page switched = support.post("/login/impersonate", "username=user-3&_csrf=" + own.csrf());
    Page offer = support.get("/offer");

    assertEquals("null UNRESOLVED", switched.visitor());
    assertEquals(List.of(), switched.cookies());
    assertEquals("null UNRESOLVED", offer.visitor());
    assertEquals("UNRESOLVED", offer.lastWord());
    assertEquals(List.of(), offer.cookies());

    Page back = support.post("/logout/impersonate", "_csrf=" + offer.csrf());
    assertEquals("support-1 RECOGNIZED", back.visitor());
    assertEquals(own.code(), back.code());

    Browser customer = new Browser();
    customer.get("/account");
    assertEquals("user-3 LINKED", customer.signIn("user-3").visitor(), "support linked nobody");
    assertEquals("ASSIGNED", customer.get("/offer").lastWord());
    String sent = untilSent(customer, customer.page.code());
    assertFalse(sent.contains(own.code()), "an exposure of support: " + sent);
  }

  /** Waits for a later event, because the SDK sends later events after earlier ones. */
  private static String untilSent(Browser browser, String code) throws Exception {
    long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
    String sent = browser.get("/sent").lastWord();
    while (!sent.contains(code)) {
      assertTrue(System.nanoTime() < deadline, "no exposure of the customer: " + sent);
      Thread.sleep(50);
      sent = browser.get("/sent").lastWord();
    }
    return sent;
  }

  @Test
  void apiWrite_withoutCsrfToken_isRefused() throws Exception {
    Browser browser = new Browser();
    browser.get("/account");
    Page known = browser.signIn("user-1");
    HttpRequest.Builder call =
        browser
            .request("/api/syncVisitor")
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString("{\"visitorCode\":\"of-the-page\"}"));

    assertEquals(403, browser.send(call).answer.statusCode());
    Page answer = browser.send(call.header("X-CSRF-TOKEN", known.csrf()));

    assertEquals(200, answer.answer.statusCode());
    assertEquals(
        "{\"visitorCode\":\"" + known.code() + "\",\"known\":true,\"outcome\":\"RECOGNIZED\"}",
        answer.answer.body());
  }

  @Test
  void statusPage_forRoleOfSpringSecurity_isOpenToSupportOnly() throws Exception {
    Browser customer = new Browser();
    customer.get("/account");
    customer.signIn("user-1");
    Browser support = new Browser();
    support.get("/account");
    support.signIn("support-1");

    assertEquals(403, new Browser().get("/kameleoon/").answer.statusCode());
    assertEquals(403, customer.get("/kameleoon/").answer.statusCode());
    assertEquals(200, support.get("/kameleoon/").answer.statusCode());
  }

  private static final class Browser {
    private final CookieManager cookies = new CookieManager();
    private final HttpClient http =
        HttpClient.newBuilder().cookieHandler(cookies).followRedirects(Redirect.NORMAL).build();
    private Page page;

    Page get(String path) throws Exception {
      return send(request(path));
    }

    Page signIn(String user) throws Exception {
      String form = "username=" + user + "&password=demo&remember-me=on&_csrf=" + page.csrf();
      return post("/login", form);
    }

    Page post(String path, String form) throws Exception {
      return send(
          request(path)
              .header("Content-Type", "application/x-www-form-urlencoded")
              .POST(BodyPublishers.ofString(form)));
    }

    HttpRequest.Builder request(String path) {
      int port = TOMCAT.getConnector().getLocalPort();
      return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
          .header("Accept", "text/html");
    }

    Page send(HttpRequest.Builder request) throws Exception {
      page = new Page(http.send(request.build(), BodyHandlers.ofString()));
      return page;
    }

    void forget(String name) {
      for (HttpCookie cookie : List.copyOf(cookies.getCookieStore().getCookies())) {
        if (cookie.getName().equals(name)) {
          cookies.getCookieStore().remove(null, cookie);
        }
      }
    }
  }

  private record Page(HttpResponse<String> answer) {

    String code() {
      return answer.body().split(" ")[0];
    }

    /** Returns the user and the outcome. */
    String visitor() {
      String[] words = answer.body().split(" ");
      return words[1] + " " + words[2];
    }

    /** Returns the lines that the page adds. */
    String lastWord() {
      return answer.body().split(" ")[4];
    }

    String csrf() {
      return answer.body().split(" ")[3];
    }

    /** Returns the codes in the visitor cookies of this response. */
    List<String> cookies() {
      return answer.headers().allValues("set-cookie").stream()
          .filter(header -> header.startsWith("kameleoonVisitorCode="))
          .map(header -> header.substring(header.indexOf('=') + 1, header.indexOf(';')))
          .toList();
    }
  }
}
