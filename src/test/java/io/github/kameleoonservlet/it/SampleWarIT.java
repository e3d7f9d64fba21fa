package io.github.kameleoonservlet.it;

import static io.github.kameleoonservlet.it.Shop.VALID_CODE;
import static io.github.kameleoonservlet.it.Shop.home;
import static io.github.kameleoonservlet.it.Shop.newUser;
import static io.github.kameleoonservlet.it.Shop.signIn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.zip.ZipFile;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests the pages of the shop as a browser shows them. */
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class SampleWarIT {

  private static final int CROWD = 64;

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

  // The WAR.

  @Test
  void war_ofSample_containsJarOfThisBuild() throws IOException {
    try (ZipFile war =
        new ZipFile(Wars.property("it.sample").resolve("webapp-sample.war").toFile())) {
      byte[] deployed =
          war.getInputStream(war.getEntry("WEB-INF/lib/" + Wars.jar().getName())).readAllBytes();
      assertThat(deployed).isEqualTo(Files.readAllBytes(Wars.jar().toPath()));
    }
  }

  // Pages.

  @Test
  void home_newBrowser_showsIssuedCodeOfCookie() {
    Page page = new Browser(base).open("");

    assertThat(page.status()).isEqualTo(200);
    assertThat(page.body()).contains("<title>Tea and teaware · Fern &amp; Kettle</title>");
    assertThat(page.outcome()).isEqualTo("ISSUED");
    assertThat(page.user()).isEqualTo("anonymous");
    assertThat(page.code()).matches("[a-z0-9]{16}").isEqualTo(page.cookieCode());
    assertThat(page.visitorCookies().get(0).toLowerCase(Locale.ROOT))
        .contains("path=/", "max-age=32832000", "samesite=lax")
        .doesNotContain("httponly", "domain", "secure");
    assertThat(page.header("cache-control")).anyMatch(value -> value.contains("private"));
    assertThat(page.header("set-cookie")).as("no session").hasSize(1);
  }

  @Test
  void home_returningBrowser_showsCodeOfBrowser() {
    Page page = new Browser(base, "from-before").open("");

    assertThat(page.code()).isEqualTo("from-before");
    assertThat(page.outcome()).isEqualTo("RECOGNIZED");
    assertThat(page.cookieCode()).isEqualTo("from-before");
  }

  @Test
  void home_flags_decideBannerAndPrices() {
    List<Page> pages =
        IntStream.range(0, 40).mapToObj(i -> new Browser(base, "visitor-" + i).open("")).toList();

    assertThat(pages)
        .extracting(page -> page.text("spring-offer"))
        .containsOnly("control", "treatment");
    for (Page page : pages) {
      boolean treated = page.text("spring-offer").equals("treatment");
      assertThat(page.body().contains("15 % off everything this spring")).isEqualTo(treated);
      assertThat(page.body().contains("€ 12.33")).isEqualTo(treated);
      assertThat(page.body().contains("A free sample with every order")).isEqualTo(treated);
      assertThat(page.body().contains("Until Sunday, in this shop only")).isEqualTo(treated);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "feature.jsp", "cart", "sent.jsp", "login", "no-such-page"})
  void page_anyKind_passesCodeOfCookieToWebSdk(String path) {
    Browser browser = new Browser(base);
    Page page = browser.open(path);

    assertThat(page.body()).containsOnlyOnce("(window,document,\"" + browser.code() + "\"");
  }

  @Test
  void feature_ofDataFile_isDecidedBySdk() {
    Page test = new Browser(base, "visitor-1").open("feature.jsp?key=spring-offer");
    Page delivery = new Browser(base).open("feature.jsp?key=free-shipping");
    Page disabled = new Browser(base).open("feature.jsp?key=one-click-order");

    assertThat(test.text("variation-key")).isIn("control", "treatment");
    assertThat(test.text("variation-reason")).isEqualTo("ASSIGNED");
    assertThat(test.text("variation-variables"))
        .contains("&#034;discountPercent&#034;: ", "&#034;highlights&#034;: [&#034;");
    assertThat(delivery.text("variation-key")).isEqualTo("on");
    assertThat(delivery.text("variation-active")).isEqualTo("yes");
    assertThat(disabled.text("variation-active")).isEqualTo("no");
    assertThat(delivery.text("variation-variables")).contains("2500");
    assertThat(disabled.text("variation-key")).isEqualTo("off");
    assertThat(disabled.text("variation-reason")).isEqualTo("DISABLED");
  }

  static List<String> oddKeys() {
    return List.of(
        "",
        "key=",
        "key=no-such-feature",
        "key=%3Cscript%3Ealert(1)%3C/script%3E",
        "key=%22%3E%3Cimg%20src=x%3E",
        "key=%00",
        "key=%C3%A9%F0%9F%8D%B5",
        "key=%20",
        "key=" + "k".repeat(4000),
        "key=a&key=b");
  }

  @ParameterizedTest
  @MethodSource("oddKeys")
  void feature_anyKey_isAnsweredAndEscaped(String query) {
    Page page = new Browser(base).open("feature.jsp?" + query);

    assertThat(page.status()).isEqualTo(200);
    assertThat(page.text("variation-key")).isEqualTo("off");
    assertThat(page.text("variation-reason")).isEqualTo("NOT_FOUND");
    assertThat(page.text("variation-variables")).isEqualTo("{}");
    assertThat(page.body()).doesNotContain("<script>alert", "<img src=x");
  }

  @Test
  void cart_servlet_readsRequestAttribute() {
    Browser browser = visitorWith("spring-offer", "treatment");
    browser.submit("cart", "product", "evening");
    Page small = browser.open("cart");
    Page large = browser.submit("cart", "product", "kettle");
    Page ordered = browser.submit("cart", "order", "yes");

    assertThat(small.text("cart-goods")).isEqualTo("€ 6.12");
    assertThat(small.text("cart-shipping")).isEqualTo("€ 4.90");
    assertThat(large.text("cart-goods")).isEqualTo("€ 47.77");
    assertThat(large.text("cart-shipping")).isEqualTo("€ 0.00");
    assertThat(ordered.body()).contains("There is nothing in it yet");
    assertThat(ordered.code()).isEqualTo(browser.code());
  }

  @Test
  void orders_inPersistenceUnitOfShop_areNumbered() {
    long first = orderNumber(new Browser(base));
    long second = orderNumber(new Browser(base));

    assertThat(second).isGreaterThan(first);
  }

  private static long orderNumber(Browser browser) {
    browser.submit("cart", "product", "kettle");
    return Long.parseLong(browser.submit("cart", "order", "yes").text("order-number"));
  }

  @ParameterizedTest
  @CsvSource({"one-page, 0", "steps, 2"})
  void checkout_eachLayout_asksAndOrders(String layout, int pagesBefore) {
    Browser browser = visitorWith("checkout-layout", layout);
    browser.submit("cart", "product", "evening");
    Page page = browser.open("checkout");

    for (int step = 1; step <= pagesBefore; step++) {
      assertThat(page.body())
          .contains("id=\"checkout-" + layout + "\"")
          .doesNotContain("\"order\"");
      page = browser.submit("checkout", "step", String.valueOf(step));
    }
    assertThat(page.body()).contains("id=\"checkout-" + layout + "\"", "name=\"order\"");
    assertThat(page.text("cart-shipping")).isEqualTo("€ 4.90");
    Page ordered = browser.submit("checkout", "name", "R. Fern", "order", "yes");

    assertThat(ordered.text("order-number")).matches("[0-9]+");
    assertThat(ordered.body()).contains("Evening Cup", "<dd>" + layout + "</dd>");
    assertThat(browser.open("checkout").body()).contains("There is nothing in it yet");
  }

  @ParameterizedTest
  @ValueSource(strings = {"one-page", "steps"})
  void checkout_addressMissing_asksAgain(String layout) {
    Browser browser = visitorWith("checkout-layout", layout);
    browser.submit("cart", "product", "evening");
    Page page =
        browser.submit("checkout", "name", " ", "street", "<script>alert(1)", "order", "yes");

    assertThat(page.text("checkout-message")).contains("The address needs a name");
    assertThat(page.body()).contains("name=\"street\"").doesNotContain("<script>alert");
    assertThat(browser.open("orders").body()).contains("There are no orders");
  }

  @Test
  void orders_ofUser_areShownInOtherBrowserOfUser() {
    String user = newUser("user-1");
    Browser first = new Browser(base);
    signIn(first, user);
    String number = String.valueOf(orderNumber(first));
    Browser second = new Browser(base);
    signIn(second, user);

    assertThat(second.open("orders").body()).contains("Order " + number, "<dd>" + user + "</dd>");
    assertThat(new Browser(base).open("orders").body()).contains("There are no orders");
  }

  @Test
  void product_ofCatalogue_hasPicture() {
    Page page = new Browser(base).open("product?id=kettle");

    assertThat(page.body()).contains("<h1>The Kettle</h1>", "alt=\"A leaf green enamel kettle");
    assertThat(new Browser(base).fetch("img/kettle.svg").body()).startsWith("<svg");
    assertThat(new Browser(base).open("product?id=none").status()).isEqualTo(404);
  }

  // What just happened.

  @Test
  void way_ofEachSignIn_showsCookieAndStore() {
    String user = newUser("user-1");
    Browser first = new Browser(base);
    Page issued = first.open("");
    Page linked = signIn(first, user);
    Browser second = new Browser(base, "second-device");
    Page recognized = second.open("");
    Page restored = signIn(second, user);

    assertThat(issued.body()).contains("class=\"changed\" id=\"way-cookie\"");
    assertThat(issued.body()).contains("class=\"skipped\" id=\"way-store\"");
    assertThat(linked.body()).contains("class=\"done\" id=\"way-user\"");
    assertThat(recognized.body()).contains("class=\"done\" id=\"way-cookie\"");
    assertThat(restored.body()).contains("id=\"way-store\"").contains("user-1");
    assertThat(second.code()).isEqualTo(first.code());
  }

  @Test
  void way_ofPage_showsItsDecisionsAndMakesNone() {
    String code = newUser("visitor");
    Browser browser = new Browser(base, code);
    String unread = browser.open("login").body();
    String read = browser.open("feature.jsp?key=free-shipping").body();

    assertThat(unread).contains("This page reads no feature").doesNotContain("<th scope=\"row\">");
    assertThat(read)
        .contains(
            "1 feature<", "1 exposure<", "<th scope=\"row\">free-shipping</th>", "<td>7102</td>")
        .doesNotContain("<td>7101</td>");
  }

  private Browser visitorWith(String feature, String variation) {
    return IntStream.range(0, 100)
        .mapToObj(i -> new Browser(base, newUser("visitor-" + i)))
        .filter(
            browser ->
                browser.open("feature.jsp?key=" + feature).text("variation-key").equals(variation))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void sentLines_afterOrder_showExposureAndConversion() {
    String code = newUser("visitor");
    Browser browser = new Browser(base, code);
    browser.submit("cart", "product", "kettle");
    browser.submit("cart", "order", "yes");

    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(
            () ->
                assertThat(browser.open("sent.jsp").body().lines())
                    .anyMatch(line -> line.contains(code) && line.contains("experiment"))
                    .anyMatch(line -> line.contains(code) && line.contains("conversion")));
  }

  @Test
  void notFound_errorPageOfShop_setsOneCookie() {
    Page page = new Browser(base).open("no-such-page");

    assertThat(page.status()).isEqualTo(404);
    assertThat(page.body()).contains("Fern").doesNotContain("Apache");
    assertThat(page.visitorCookies()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"css/shop.css", "favicon.svg"})
  void staticFile_newBrowser_setsNoCookieAndIsCacheable(String path) {
    Page file = new Browser(base).fetch(path);

    assertThat(file.status()).isEqualTo(200);
    assertThat(file.header("set-cookie")).isEmpty();
    assertThat(file.header("cache-control")).isEmpty();
  }

  // Login.

  @Test
  void login_knownUser_changesSessionIdAndRedirectsHome() {
    Browser browser = new Browser(base);
    browser.submit("cart", "product", "kettle"); // the session belongs to an anonymous visitor
    Page answer = browser.submitAndStay("login", "user", newUser("user-1"), "password", "demo");

    assertThat(answer.status()).isEqualTo(302);
    assertThat(base.resolve(answer.header("location").findFirst().orElseThrow())).isEqualTo(base);
    assertThat(answer.header("set-cookie")).anyMatch(cookie -> cookie.startsWith("JSESSIONID="));
    assertThat(browser.open("cart").body()).contains("The Kettle");
  }

  @ParameterizedTest
  @ValueSource(strings = {"<script>alert(1)</script>", "User-1", "", "user 1", "u\"><b>"})
  void login_unknownUser_showsFormWithoutEcho(String user) {
    Page page = new Browser(base).signIn(user);

    assertThat(page.status()).isEqualTo(200);
    assertThat(page.text("login-message")).contains("did not work");
    assertThat(page.body()).contains("action=\"" + base.getPath() + "login\"");
    assertThat(page.body()).doesNotContain("<script>alert", "<b>");
  }

  @Test
  void login_wrongPassword_showsForm() {
    Browser browser = new Browser(base);
    Page page = browser.submit("login", "user", "user-1", "password", "nope");

    assertThat(page.text("login-message")).contains("did not work");
    assertThat(browser.open("").user()).isEqualTo("anonymous");
  }

  @Test
  void logout_signedInUser_endsSessionAndKeepsCode() {
    Browser browser = new Browser(base);
    String user = newUser("user-1");
    browser.signIn(user);
    Page known = home(browser);
    Page after = browser.signOut();

    assertThat(known.user()).isEqualTo(user);
    assertThat(after.user()).isEqualTo("anonymous");
    assertThat(after.code()).isEqualTo(known.code());
  }

  // One user, one code.

  @Test
  void sameUser_inTwoBrowsers_hasOneCodeAndLink() {
    String user = newUser("user-1");
    Browser first = new Browser(base);
    Page linked = signIn(first, user);
    Browser second = new Browser(base, "second-device");
    second.open("");
    Page restored = signIn(second, user);

    assertThat(linked.outcome()).isIn("LINKED", "RECOGNIZED");
    assertThat(restored.outcome()).isIn("RESTORED", "RECOGNIZED");
    assertThat(restored.code()).isEqualTo(linked.code()).isNotEqualTo("second-device");
    assertThat(second.code()).isEqualTo(linked.code());
    assertThat(first.open("").code()).as("the link stays").isEqualTo(linked.code());
  }

  @Test
  void otherUser_inSameBrowser_getsOtherCode() {
    Browser browser = new Browser(base);
    String first = signIn(browser, newUser("user-1")).code();
    browser.signOut();
    Page other = signIn(browser, newUser("user-2"));

    assertThat(other.code()).matches(VALID_CODE).isNotEqualTo(first);
    assertThat(browser.code()).isEqualTo(other.code());
  }

  // Many at once.

  @Test
  void newUser_inManyBrowsersAtOnce_hasOneCode() {
    List<Browser> browsers = Shop.manyBrowsersOf(base, newUser("user-1"), CROWD);
    List<Page> race = Crowd.atOnce(CROWD, i -> browsers.get(i).open(""));
    List<Page> later = browsers.stream().map(Shop::home).toList();

    assertThat(race).extracting(Page::status).containsOnly(200);
    assertThat(later).extracting(Page::code).containsOnly(later.get(0).code());
    assertThat(browsers).extracting(Browser::code).containsOnly(later.get(0).code());
    assertThat(race)
        .filteredOn(page -> !page.outcome().equals("UNRESOLVED"))
        .extracting(Page::code)
        .containsOnly(later.get(0).code());
  }

  @Test
  void newUsers_withOneCookieAtOnce_haveDifferentCodes() {
    List<String> users = IntStream.range(0, CROWD).mapToObj(i -> newUser("user-" + i)).toList();
    List<Browser> browsers = Shop.manyUsersOf(base, newUser("shared"), users);
    List<Page> race = Crowd.atOnce(CROWD, i -> browsers.get(i).open(""));
    List<Page> later = browsers.stream().map(Shop::home).toList();

    assertThat(race).extracting(Page::status).containsOnly(200);
    assertThat(later).extracting(Page::code).doesNotHaveDuplicates();
    assertThat(later).extracting(Page::user).containsExactlyElementsOf(users);
    assertThat(browsers)
        .extracting(Browser::code)
        .containsExactlyElementsOf(later.stream().map(Page::code).toList());
  }

  // Visitor cookies that browsers and people send.

  static List<Arguments> malformedCookies() {
    String name = Browser.COOKIE;
    return List.of(
        Arguments.of("empty", List.of(name + "="), "echo-nothing"),
        Arguments.of("bare", List.of(name), "echo-nothing"),
        Arguments.of("only =", List.of("="), "echo-nothing"),
        Arguments.of("= and value", List.of("=planted"), "planted"),
        Arguments.of("300 characters", List.of(name + "=" + "x".repeat(300)), "xxxxxxxxxx"),
        Arguments.of("markup", List.of(name + "=<script>alert(1)</script>"), "<script>alert"),
        Arguments.of("quoted markup", List.of(name + "=\"><img src=planted>\""), "planted"),
        Arguments.of("one quote", List.of(name + "=\"planted"), "planted"),
        Arguments.of("encoded line", List.of(name + "=a%0d%0aSet-Cookie:planted=1"), "planted"),
        Arguments.of("prefix alone", List.of(name + "=_js_"), "_js_"),
        Arguments.of("two bad ones", List.of(name + "=; " + name + "=pl anted"), "anted"),
        Arguments.of("two headers", List.of(name + "=<a>", name + "=<planted>"), "planted"),
        Arguments.of("undefined", List.of(name + "=undefined"), "undefined"),
        Arguments.of("only ;", List.of(";;; ;"), "echo-nothing"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("malformedCookies")
  void cookie_malformed_isReplacedWithoutEcho(String kind, List<String> cookies, String planted) {
    Page page = RawRequest.get(base, cookies);

    assertThat(page.status()).as(kind).isEqualTo(200);
    assertThat(page.outcome()).isEqualTo("ISSUED");
    assertThat(page.code()).matches("[a-z0-9]{16}").isEqualTo(page.cookieCode());
    assertThat(page.visitorCookies()).hasSize(1);
    assertThat(page.body()).doesNotContain(planted);
    assertThat(page.headers().toString()).doesNotContain(planted);
  }

  static List<Arguments> readableCookies() {
    String name = Browser.COOKIE;
    return List.of(
        Arguments.of("quoted", List.of(name + "=\"from-before\"")),
        Arguments.of("old prefix", List.of(name + "=_js_from-before")),
        Arguments.of("two of one name", List.of(name + "=from-before; " + name + "=other")),
        Arguments.of("two headers", List.of(name + "=from-before", name + "=other")),
        Arguments.of("after a bad one", List.of(name + "=<b>; " + name + "=from-before")),
        Arguments.of("among others", List.of("a=1; b; =; " + name + "=from-before; c=\"x;y\"")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("readableCookies")
  void cookie_unusualButReadable_isRecognized(String kind, List<String> cookies) {
    Page page = RawRequest.get(base, cookies);

    assertThat(page.status()).as(kind).isEqualTo(200);
    assertThat(page.outcome()).isEqualTo("RECOGNIZED");
    assertThat(page.code()).isEqualTo("from-before").isEqualTo(page.cookieCode());
  }
}
