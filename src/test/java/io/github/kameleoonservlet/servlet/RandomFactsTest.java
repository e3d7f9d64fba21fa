package io.github.kameleoonservlet.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kameleoonservlet.internal.config.Parameters;
import io.github.kameleoonservlet.internal.config.Settings;
import io.github.kameleoonservlet.internal.targeting.BrowserFacts;
import io.github.kameleoonservlet.internal.targeting.Geolocation;
import io.github.kameleoonservlet.internal.targeting.RequestFacts;
import io.github.kameleoonservlet.servlet.TestShop.Page;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.MappingMatch;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.BeforeTry;
import net.jqwik.api.statistics.Statistics;
import net.jqwik.api.statistics.StatisticsReport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockFilterConfig;
import org.springframework.mock.web.MockHttpServletMapping;
import org.springframework.mock.web.MockHttpServletRequest;

/**
 * Tests requests with malformed headers: the fact is missing or has a value that a browser could
 * have sent, and the header has no other effect. Each kind of result must occur.
 */
@StatisticsReport(StatisticsReport.StatisticsReportMode.OFF)
class RandomFactsTest {

  private static final int TRIES = 1_000;

  private TestShop shop;
  private TestShop.Browser browser;
  private MockHttpServletRequest request;

  @BeforeTry
  @BeforeEach
  void newBrowser() throws ServletException {
    MockFilterConfig filter = new MockFilterConfig("visitor");
    filter.addInitParameter("countryHeader", "X-Country");
    filter.addInitParameter("cityHeader", "X-City");
    filter.addInitParameter("customData.1", "header:X-Tier");
    filter.addInitParameter("customData.2", "cookie:plan");
    shop = new TestShop();
    shop.facts = Settings.read(new Parameters(filter, unset -> null)).facts();
    browser = shop.new Browser();
    request = browser.navigation();
    request.setServerName("shop.example");
    // Without a mapping the mock decodes the path to find one.
    request.setHttpServletMapping(new MockHttpServletMapping("", "/*", "page", MappingMatch.PATH));
  }

  private RequestFacts facts() {
    assertThat(
            browser.send(request, Page.reading(visitor -> visitor.variation("banner"))).getStatus())
        .isEqualTo(200);
    assertThat(shop.decisions.calls).contains("decide new-1 banner exposed");
    return shop.decisions.lastFacts;
  }

  // ---- random headers

  @Property(tries = TRIES)
  void address_anyText_isUrlOrMissing(@ForAll("urls") String path, @ForAll("urls") String query) {
    request.setRequestURI(path);
    request.setQueryString(query);
    String url = facts().pageUrl();

    String known = url == null ? "http://shop.example/" : url;
    assertThat(known).matches("http://shop\\.example/[!$-;=@-_a-z|~%]*(\\?[!$-&(-;=?-~%]*)?");
    assertThat(known.split("\\?", 2)[0]).doesNotContain(";jsessionid=x/");
    happens(url == null, true, false);
  }

  @Property(tries = TRIES)
  void referer_anyText_isPageOfSiteOrMissing(@ForAll("urls") String referer) {
    request.setRequestURI("/cart");
    request.addHeader("Referer", referer);
    String previous = facts().previousPage();

    assertThat(previous == null ? "http://shop.example/" : previous)
        .matches("https?://shop\\.example/[\\x21-\\x7e]*")
        .doesNotContain("#", "<", ">", "\"");
    happens(previous == null, true, false);
  }

  @Provide
  Arbitrary<String> urls() {
    return pieces(
        "http://shop.example",
        "https://shop.example:443/",
        "HTTP://",
        "//",
        "elsewhere",
        "/",
        "/a",
        "/cart",
        "?b=c",
        "#d",
        ";jsessionid=x",
        ";jsessionid=x/",
        "@",
        ":80",
        ":",
        "[::1]",
        "%",
        "%C3%A9",
        "\u00c3\u00a9",
        "\u65e5",
        "\ud83c",
        " ",
        "<",
        "\"",
        "'",
        "{}",
        "\\",
        "\u0000",
        "\n");
  }

  @Property(tries = TRIES)
  void place_anyText_isReadableNameOrMissing(
      @ForAll("names") String country, @ForAll("names") String city) {
    request.addHeader("X-Country", country);
    request.addHeader("X-City", city);
    Geolocation place = facts().geolocation();

    if (place != null) {
      assertThat(place.country()).isNotBlank().hasSizeLessThanOrEqualTo(100).matches("\\P{Cntrl}*");
      assertThat(String.valueOf(place.city()))
          .isNotBlank()
          .hasSizeLessThanOrEqualTo(100)
          .matches("\\P{Cntrl}*");
    }
    happens(
        place == null ? "none" : place.city() == null ? "country" : "city",
        "none",
        "country",
        "city");
  }

  @Provide
  Arbitrary<String> names() {
    return pieces(
        "FR",
        "XX",
        "T1",
        "Paris",
        "%",
        "%20",
        "%C3",
        "%A9",
        "%00",
        "%zz",
        "\u00c3",
        "\u00a9",
        "\u0085",
        "\u0000",
        "\u65e5",
        "\ufffd",
        " ",
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa");
  }

  @Property(tries = TRIES)
  void cookiesAndBrowser_anyText_doNotThrow(
      @ForAll("cookies") List<String> cookies, @ForAll("cookies") List<String> agents) {
    cookies.forEach(header -> request.addHeader("Cookie", header));
    agents.forEach(header -> request.addHeader("User-Agent", header));
    RequestFacts facts = facts();

    assertThat(facts.cookies()).doesNotContainKeys("JSESSIONID", "");
    assertThat(facts.browser()).isNotNull();
    assertThat(facts.customData().getOrDefault("2", List.of())).doesNotContain("");
    happens(facts.cookies().isEmpty(), true, false);
  }

  @Provide
  Arbitrary<List<String>> cookies() {
    return pieces(
            "plan",
            "=",
            ";",
            "; ",
            "\"",
            ",",
            "pro",
            "JSESSIONID",
            "$Version=1",
            "\u0000",
            "\u00c3\u00a9",
            "\u65e5",
            "Mozilla/5.0 (",
            "Chrome/",
            "Version/",
            "1.",
            "999999999999",
            "Safari",
            "(",
            ")",
            " ")
        .list()
        .ofMaxSize(3);
  }

  private static Arbitrary<String> pieces(String... pieces) {
    return Arbitraries.of(pieces).list().ofMaxSize(8).map(list -> String.join("", list));
  }

  private static void happens(Object answer, Object... all) {
    Statistics.collect(answer);
    Statistics.coverage(
        answers -> {
          for (Object each : all) {
            answers.check(each).count(times -> times > 0);
          }
        });
  }

  // ---- large headers

  @ParameterizedTest
  @ValueSource(ints = {7_000, 8_000})
  void userAgent_manyKilobytes_isUnknown(int size) {
    List<Supplier<String>> agents =
        List.of(
            () -> "(".repeat(size),
            () -> "Mozilla/5.0 (" + "a ".repeat(size / 2) + ") Chrome/1",
            () -> "Chrome/" + "1.".repeat(size / 2),
            () -> "Mobile ".repeat(size / 7));
    for (Supplier<String> agent : agents) {
      MockHttpServletRequest next = browser.navigation();
      next.addHeader("User-Agent", agent.get());
      browser.send(next, Page.reading(visitor -> visitor.variation("banner")));

      assertThat(shop.decisions.lastFacts.browser()).isEqualTo(BrowserFacts.UNKNOWN);
    }
  }

  @Test
  void cookies_twoHundred_areRead() {
    StringBuilder header = new StringBuilder("JSESSIONID=0A1B");
    for (int i = 0; i < 199; i++) {
      header.append("; name-").append(i).append("=value");
    }
    request.addHeader("Cookie", header.toString());

    assertThat(facts().cookies()).hasSize(199).containsEntry("name-198", "value");
  }

  @Test
  void customData_invalidHeader_isTextOfHeader() {
    request.addHeader("X-Tier", "\u00c3\u00a9\"<b>");
    request.addHeader("Cookie", "plan; plan=; plan");

    assertThat(facts().customData()).isEqualTo(Map.of("1", List.of("\u00e9\"<b>")));
  }
}
