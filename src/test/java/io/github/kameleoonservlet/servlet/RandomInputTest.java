package io.github.kameleoonservlet.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.github.kameleoonservlet.UserIdResolver;
import io.github.kameleoonservlet.identity.VisitorCode;
import io.github.kameleoonservlet.internal.config.Parameters;
import io.github.kameleoonservlet.internal.config.Settings;
import io.github.kameleoonservlet.internal.config.UserIds;
import io.github.kameleoonservlet.internal.config.UserIdsTest;
import io.github.kameleoonservlet.internal.http.IncomingRequest;
import io.github.kameleoonservlet.internal.http.PathPatterns;
import io.github.kameleoonservlet.internal.http.RequestCookies;
import jakarta.servlet.ServletException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import net.jqwik.api.statistics.Statistics;
import net.jqwik.api.statistics.StatisticsReport;
import org.slf4j.LoggerFactory;
import org.springframework.mock.web.MockFilterConfig;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.mock.web.MockServletContext;

/**
 * Tests random input, made of the texts that the parsers look for: a parser throws no exception but
 * the documented one, and no response contains the input. Each kind of result must occur, because a
 * parser that refuses everything would never fail.
 */
@StatisticsReport(StatisticsReport.StatisticsReportMode.OFF)
class RandomInputTest {

  private static final int TRIES = 2_000;

  /** An invalid code, which no response may contain. */
  private static final String MARK = "<zqxj>";

  private static final String NAME = RequestCookies.VISITOR_CODE;
  private static final Logger FILTER_LOG =
      (Logger) LoggerFactory.getLogger("io.github.kameleoonservlet");

  @BeforeContainer
  static void quiet() {
    FILTER_LOG.setLevel(Level.ERROR);
    // Without this property each call searches every jar.
    System.setProperty("jakarta.json.provider", "org.eclipse.parsson.JsonProviderImpl");
  }

  @AfterContainer
  static void loud() {
    System.clearProperty("jakarta.json.provider");
    FILTER_LOG.setLevel(null);
  }

  // ---- cookies

  @Property(tries = TRIES)
  void cookies_ofAnyForm_giveTheirValidCodesOnly(@ForAll("cookieHeaders") List<String> headers) {
    MockHttpServletRequest request = new MockHttpServletRequest();
    headers.forEach(header -> request.addHeader("Cookie", header));

    assertThat(new IncomingRequest(request, null, false).cookies().visitorCodes())
        .doesNotHaveDuplicates()
        .extracting(VisitorCode::value)
        .allMatch(code -> code.matches("[A-Za-z0-9._:@~|+/-]{1,100}"))
        .allMatch(code -> String.join(" ", headers).contains(code));
  }

  @Property(tries = TRIES)
  void validCookie_amongAnyOthers_isFound(
      @ForAll("cookieHeaders") List<String> before, @ForAll("cookieHeaders") List<String> after) {
    MockHttpServletRequest request = new MockHttpServletRequest();
    request.addHeader(
        "Cookie",
        String.join(";", before) + "; " + NAME + "=the-visitors; " + String.join(";", after));

    assertThat(new IncomingRequest(request, null, false).cookies().visitorCodes())
        .contains(new VisitorCode("the-visitors"));
  }

  @Property(tries = TRIES)
  void page_withAnyCookies_writesOneValidCookie(@ForAll("cookieHeaders") List<String> headers) {
    TestShop.Browser browser = new TestShop().new Browser();
    MockHttpServletRequest request = browser.navigation();
    headers.forEach(header -> request.addHeader("Cookie", header));

    assertThat(browser.send(request, (req, res) -> {}).getHeaders("Set-Cookie"))
        .singleElement()
        .asString()
        .matches(NAME + "=[A-Za-z0-9._:@~|+/-]{1,100}; Path=/; Max-Age=32832000; [^<]*");
  }

  @Provide
  Arbitrary<List<String>> cookieHeaders() {
    return pieces(
            NAME,
            "=",
            ";",
            "; ",
            "\"",
            ",",
            "_js_",
            "abc",
            "null",
            MARK,
            "\u0000",
            "\u65e5",
            "$Version=1")
        .list()
        .ofMaxSize(3);
  }

  // ---- settings

  @Property(tries = TRIES)
  void settings_anyText_areReadOrRefused(
      @ForAll("settings") Map<String, String> initParams,
      @ForAll("settings") Map<String, String> contextParams) {
    MockServletContext context = new MockServletContext();
    MockFilterConfig filter = new MockFilterConfig(context, "visitor");
    initParams.forEach(filter::addInitParameter);
    contextParams.forEach((name, value) -> context.addInitParameter("kameleoon." + name, value));
    Parameters parameters = new Parameters(filter, Map.of("SET", "s3cret")::get);

    boolean taken = true;
    try {
      Settings.read(parameters);
    } catch (ServletException e) {
      taken = false;
      assertThat(e).hasMessageContaining("visitor").hasMessageNotContaining("s3cret");
    }
    assertThat(parameters.summary()).doesNotContain("s3cret");
    happens(taken, true, false);
  }

  /** Puts the secret only into settings that are secret. */
  @Provide
  Arbitrary<Map<String, String>> settings() {
    Arbitrary<Map.Entry<String, String>> secrets =
        Combinators.combine(
                Arbitraries.of(
                    "clientSecret", "userIdSecret", "userIdSecretPrevious", "jdbcPassword"),
                Arbitraries.of("s3cret", "env:SET", "env:NOT_SET", "sys:not.set", " "))
            .as(Map::entry);
    Arbitrary<Map.Entry<String, String>> urls =
        Combinators.combine(
                pieces("jdbc:", "postgresql:", "h2:mem:x", "//", "host", ":", "/db", "thin:"),
                Arbitraries.of(
                    "?password=s3cret", ";PASSWORD=s3cret", "?x=1&sslpassword=s3cret", ""),
                Arbitraries.of("", "joe:s3cret@", "joe/s3cret@"))
            .as((place, end, user) -> Map.entry("jdbcUrl", "jdbc:x://" + user + place + end));
    Arbitrary<Map.Entry<String, String>> others =
        Combinators.combine(
                Arbitraries.of(
                    "siteCode,environment,topLevelDomain,platformTimeoutMillis,proxyHost,dataFile,"
                        .concat("userId,notUsers,afterSignOut,dataSource,store,storeSchema,")
                        .concat("storeTimeoutMillis,cacheSize,cacheSeconds,featureKey,exclude,")
                        .concat("publicOrigin,cookieSecure,cookieSameSite,consent,unknown,")
                        .concat("consentCookie,consentResolver,clientId,configurationFile,")
                        .concat("countryHeader,cityHeader,pageTitle,customData.1,customData.0,")
                        .concat("customData.,customData.tier,explainFor,trackPageViews")
                        .split(",")),
                pieces(
                    "env:",
                    "sys:",
                    "java.version",
                    "*.",
                    "*",
                    "/",
                    ",",
                    "=",
                    "0",
                    "-1",
                    "9999999999",
                    "https://",
                    "shop.example",
                    ":",
                    "None",
                    "always",
                    "required",
                    "principal",
                    "session:",
                    "a",
                    ".",
                    " ",
                    "\"",
                    "\u65e5"))
            .as(Map::entry);
    return Arbitraries.frequencyOf(Tuple.of(1, secrets), Tuple.of(1, urls), Tuple.of(4, others))
        .list()
        .ofMaxSize(5)
        .map(
            entries -> {
              Map<String, String> settings = new TreeMap<>();
              entries.forEach(entry -> settings.put(entry.getKey(), entry.getValue()));
              return settings;
            });
  }

  @Property(tries = TRIES)
  void userIdSetting_anyText_isRefusedOrUsed(@ForAll("userIds") String setting) {
    Parameters parameters = new Parameters(new MockFilterConfig("visitor"), name -> null);
    MockHttpServletRequest request = new MockHttpServletRequest();
    request.setAttribute("user", new UserIdsTest.Login(new UserIdsTest.Customer(7), Map.of()));
    request.getSession().setAttribute("user.name", Map.of("id", "user-1"));
    UserIdResolver resolver;
    try {
      resolver = UserIds.resolver(parameters, setting);
    } catch (ServletException e) {
      assertThat(e).hasMessageContaining("userId");
      happens("refused", "refused", "asked", "unreadable");
      return;
    }
    String answer = "asked";
    try {
      resolver.userId(request);
    } catch (IllegalStateException e) {
      assertThat(e).hasMessageNotContaining("user-1");
      answer = "unreadable";
    }
    happens(answer, "refused", "asked", "unreadable");
  }

  @Provide
  Arbitrary<String> userIds() {
    return pieces(
        "principal",
        "session:",
        "request:",
        "user",
        ".",
        "name",
        "id",
        "customer",
        "number",
        "class",
        "extra",
        "toString",
        "wait",
        "java.lang",
        "String",
        "$",
        " ",
        "\u65e5");
  }

  @Property(tries = TRIES)
  void excludeSetting_anyText_isRefusedOrMatched(
      @ForAll("patterns") List<String> patterns, @ForAll("patterns") List<String> paths) {
    PathPatterns excluded;
    try {
      excluded = new PathPatterns(patterns);
    } catch (IllegalArgumentException e) {
      assertThat(e).hasMessageContaining("/exact/path");
      return;
    }
    for (String path : paths) {
      MockHttpServletRequest request = new MockHttpServletRequest();
      request.setServletPath(path);
      boolean matches = excluded.matches(request);
      assertThat(matches)
          .as("%s by %s", path, patterns)
          .isEqualTo(matchesBySpecification(patterns, path));
      happens(matches, true, false);
    }
  }

  /** Servlet specification 12.2, with extensions of any length and case. */
  private static boolean matchesBySpecification(List<String> patterns, String path) {
    return patterns.stream()
        .anyMatch(
            pattern ->
                pattern.startsWith("*")
                    ? path.toUpperCase(Locale.ROOT)
                        .endsWith(pattern.substring(1).toUpperCase(Locale.ROOT))
                    : pattern.endsWith("/*")
                        ? (path + "/").startsWith(pattern.substring(0, pattern.length() - 1))
                        : path.equals(pattern));
  }

  @Provide
  Arbitrary<List<String>> patterns() {
    return pieces("*", ".", "/", "css", "CSS", "a", "/*", "\\", "[", "$").list().ofMaxSize(3);
  }

  // ---- JSON

  @Property(tries = TRIES)
  void body_anyText_isAnsweredOrRefusedWithoutEcho(
      @ForAll("calls") String call, @ForAll("bodies") byte[] body) throws Exception {
    TestShop.Browser browser = new TestShop().new Browser();
    ApiBrowser api = new ApiBrowser(browser);
    MockHttpServletRequest request = api.request("POST", call);
    request.setContentType("application/json");
    request.setContent(body);

    MockHttpServletResponse response = api.send(request);

    assertThat(response.getStatus()).isIn(200, 204, 400, 404, 409, 413, 422);
    assertThat(response.getContentAsString(StandardCharsets.UTF_8)).doesNotContain("zqxj");
    assertThat(response.getHeaderNames()).noneMatch(name -> name.contains("zqxj"));
    if (response.getStatus() >= 400) {
      assertThat(response.getContentType()).startsWith("application/problem+json");
      assertThat(response.getHeaders("Set-Cookie")).isEmpty();
    }
    happens(response.getStatus(), 200, 204, 400, 404, 409, 413, 422);
  }

  @Property(tries = TRIES)
  void mediaType_anyText_isAcceptedOrRefused(@ForAll("mediaTypes") String type) {
    TestShop.Browser browser = new TestShop().new Browser();
    ApiBrowser api = new ApiBrowser(browser);
    MockHttpServletRequest request = api.request("POST", "/syncVisitor");
    request.addHeader("Content-Type", type);
    request.setContent("{\"visitorCode\":\"abc\"}".getBytes(StandardCharsets.UTF_8));

    int status = api.send(request).getStatus();

    assertThat(status).isIn(200, 415);
    happens(status, 200, 415);
  }

  /** Counts a result; after all tries each possible result must have occurred. */
  private static void happens(Object answer, Object... all) {
    Statistics.collect(answer);
    Statistics.coverage(
        answers -> {
          for (Object each : all) {
            answers.check(each).count(times -> times > 0);
          }
        });
  }

  @Provide
  Arbitrary<String> calls() {
    return Arbitraries.of("/syncVisitor", "/variation", "/conversion", "/consent");
  }

  /** Valid bodies with some bytes inserted, removed or doubled; and texts made of JSON tokens. */
  @Provide
  Arbitrary<byte[]> bodies() {
    Arbitrary<byte[]> good =
        Arbitraries.of(
                "{\"visitorCode\":\"abc\"}",
                "{\"visitorCode\":\"" + MARK + "\"}",
                "{\"featureKey\":\"banner\",\"track\":true,\"visitorCode\":null}",
                "{\"featureKey\":\"" + MARK + "\"}",
                "{\"goalId\":1,\"revenue\":12.5}",
                "{\"goalId\":\"" + MARK + "\",\"revenue\":1e400}",
                "{\"featureKey\":\"banner\",\"page\":{\"url\":\"" + MARK + "\"}}",
                "{\"featureKey\":\"banner\",\"browser\":{\"type\":\"CHROME\",\"version\":1}}",
                "{\"featureKey\":\"banner\",\"device\":\"" + MARK + "\"}",
                "{\"granted\":false}")
            .map(text -> text.getBytes(StandardCharsets.UTF_8));
    Arbitrary<byte[]> mutated =
        Combinators.combine(
                good,
                Arbitraries.integers().between(0, 70),
                Arbitraries.integers().between(0, 70),
                Arbitraries.bytes().array(byte[].class).ofMaxSize(4))
            .as(RandomInputTest::mutated);
    Arbitrary<byte[]> made =
        pieces(
                "{",
                "}",
                "[",
                "]",
                "[[[[[[[[",
                ":",
                ",",
                "\"",
                "\\u00",
                "\\",
                "visitorCode",
                "featureKey",
                "goalId",
                "granted",
                "true",
                "null",
                "1",
                "-",
                "e9",
                "banner",
                MARK,
                " ",
                "\ufeff")
            .map(text -> text.getBytes(StandardCharsets.UTF_8));
    Arbitrary<byte[]> large =
        Arbitraries.integers()
            .between(8_000, 9_000)
            .map(size -> "[".repeat(size).getBytes(StandardCharsets.UTF_8));
    return Arbitraries.oneOf(good, mutated, mutated, made, large);
  }

  private static byte[] mutated(byte[] body, int from, int to, byte[] inserted) {
    int start = Math.min(from, body.length);
    int end = Math.min(to, body.length);
    byte[] mutated = new byte[start + inserted.length + body.length - end];
    System.arraycopy(body, 0, mutated, 0, start);
    System.arraycopy(inserted, 0, mutated, start, inserted.length);
    System.arraycopy(body, end, mutated, start + inserted.length, body.length - end);
    return mutated;
  }

  @Provide
  Arbitrary<String> mediaTypes() {
    return pieces(
        "application",
        "/",
        "json",
        "+json",
        "text/plain",
        ";",
        "charset=",
        "utf-8",
        "\"",
        " ",
        ",",
        MARK);
  }

  private static Arbitrary<String> pieces(String... pieces) {
    return Arbitraries.of(pieces).list().ofMaxSize(10).map(list -> String.join("", list));
  }
}
