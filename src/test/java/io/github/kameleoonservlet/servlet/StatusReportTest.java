package io.github.kameleoonservlet.servlet;

import static io.github.kameleoonservlet.servlet.StatusShop.text;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import java.io.StringReader;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

/** Tests what the status shows, as a page and as JSON. */
class StatusReportTest {

  private static final List<String> SECTIONS =
      List.of("platform", "features", "store", "visitors", "recent", "why", "preview", "settings");

  private final StatusShop shop = new StatusShop();

  @AfterEach
  void stop() {
    shop.close();
  }

  private String page(String... parameters) throws Exception {
    return text(shop.send(with(shop.operator("GET", "/"), parameters)));
  }

  private JsonObject json(String... parameters) throws Exception {
    String text = text(shop.send(with(shop.operator("GET", "/status.json"), parameters)));
    try (JsonReader reader = Json.createReader(new StringReader(text))) {
      return reader.readObject();
    }
  }

  private static MockHttpServletRequest with(MockHttpServletRequest request, String... parameters) {
    for (int i = 0; i < parameters.length; i += 2) {
      request.setParameter(parameters[i], parameters[i + 1]);
    }
    return request;
  }

  private static List<String> all(String pattern, String text) {
    return Pattern.compile(pattern)
        .matcher(text)
        .results()
        .map((MatchResult found) -> found.group(1))
        .toList();
  }

  private static Stream<JsonObject> objects(JsonObject section, String key) {
    return section.getJsonArray(key).stream().map(value -> value.asJsonObject());
  }

  @Test
  void pageAndJson_haveTheSameSections() throws Exception {
    assertThat(all("<section id=\"([a-z]*)\"", page())).isEqualTo(SECTIONS);
    assertThat(json().keySet()).containsAll(SECTIONS);
  }

  @Test
  void pageAndJson_eachFactOfJson_hasALabelOnThePage() throws Exception {
    JsonObject json = json();
    String page = page();
    long inJson =
        Stream.of("platform", "store")
            .map(json::getJsonObject)
            .flatMap(section -> section.values().stream())
            .filter(value -> !(value instanceof jakarta.json.JsonArray))
            .count();

    assertThat(all("<dt>([^<]*)</dt>", page.substring(page.indexOf("id=\"platform\""))))
        .hasSizeGreaterThanOrEqualTo((int) inJson);
  }

  @Test
  void page_hasHeadingsLandmarksCaptionsAndNoScript() throws Exception {
    shop.openPage("/cart", "user-1");
    String page = page("code", "visitor-1");

    assertThat(page)
        .startsWith("<!DOCTYPE html>\n<html lang=\"en\">")
        .contains("<main id=\"main\">", "<nav aria-label=\"Sections\">", "<h1>")
        .doesNotContain("<script", "javascript:", " style=", "onclick");
    assertThat(all("(<table>)", page)).hasSameSizeAs(all("(<caption>)", page)).isNotEmpty();
    assertThat(all("<th( [^>]*)?>", page)).allMatch(attributes -> attributes.contains("scope="));
    assertThat(all(" id=\"([^\"]*)\"", page)).doesNotHaveDuplicates();
    assertThat(all("href=\"#([^\"]*)\"", page))
        .allSatisfy(anchor -> assertThat(page).contains(" id=\"" + anchor + "\""));
  }

  @Test
  void address_withoutLastSlash_redirectsToTheOneWithSlash() throws Exception {
    assertThat(page()).contains("href=\"style.css\"", "href=\"status.json\"");

    MockHttpServletResponse response = shop.get("");
    assertThat(response.getStatus()).isEqualTo(302);
    assertThat(response.getHeader("Location")).isEqualTo("kameleoon/");
    assertThat(response.getHeader("Cache-Control")).isEqualTo("no-store");
  }

  @Test
  void platform_offline_showsStateFileAndFindings() throws Exception {
    JsonObject platform = json().getJsonObject("platform");

    assertThat(platform.getString("state")).isEqualTo("READY");
    assertThat(platform.getString("dataFileOrigin")).isEqualTo("FILE");
    assertThat(platform.getString("dataFileSource")).endsWith("kameleoon-data-file.json");
    assertThat(platform.getInt("featureCount")).isPositive();
    assertThat(platform.getJsonArray("findings")).isNotNull();
  }

  @Test
  void json_maskedCode_isEscaped() throws Exception {
    shop.openPage("/cart", null);
    String text = text(shop.get("/status.json"));

    assertThat(text).containsPattern("\"code\":\"\\w{4}\\\\u2026\"").isASCII();
    assertThat(objects(json().getJsonObject("recent"), "resolutions"))
        .allSatisfy(one -> assertThat(one.getString("code")).matches("\\w{4}\u2026"))
        .isNotEmpty();
  }

  @Test
  void features_eachOfDataFile_hasRulesInWords() throws Exception {
    JsonObject offer =
        objects(json().getJsonObject("features"), "list")
            .filter(feature -> feature.getString("key").equals("spring-offer"))
            .findFirst()
            .orElseThrow();

    assertThat(offer.getBoolean("enabled")).isTrue();
    assertThat(objects(offer, "rules")).isNotEmpty();
    assertThat(objects(offer, "rules"))
        .allSatisfy(rule -> assertThat(rule.getString("segment")).isNotBlank());
    assertThat(page()).contains("<strong>spring-offer</strong>");
  }

  @Test
  void settings_inEffect_haveOriginsAndNoSecret() throws Exception {
    shop.settings.put("userIdSecret", "s3cret-s3cret");
    shop.context.addInitParameter("kameleoon.featureKey", "spring-offer");
    List<String> settings =
        objects(json().getJsonObject("settings"), "inEffect")
            .map(
                one ->
                    one.getString("name")
                        + " "
                        + one.getString("value")
                        + " "
                        + one.getString("origin"))
            .toList();

    assertThat(settings)
        .contains(
            "featureKey spring-offer context-param",
            "userIdSecret *** init-param",
            "cacheSeconds 60 default");
    assertThat(page()).doesNotContain("s3cret").contains("<td>context-param</td>");
  }

  @Test
  void why_codeOfAnotherVisitor_isExplainedAndChangesNothing() throws Exception {
    JsonObject why = json("code", "first-visitor").getJsonObject("why");

    assertThat(why.getString("code")).isEqualTo("first-visitor");
    assertThat(objects(why, "explanations"))
        .anySatisfy(
            one -> {
              assertThat(one.getString("featureKey")).isEqualTo("spring-offer");
              assertThat(one.getJsonObject("variation").getString("reason")).isEqualTo("ASSIGNED");
              assertThat(one.getJsonObject("explanation").getJsonArray("rules")).isNotEmpty();
            });
    assertThat(page("code", "first-visitor")).contains("spring-offer = ", ", decides");
    assertThat(
            (List<?>)
                ((java.util.function.Supplier<?>)
                        shop.context.getAttribute(KameleoonVisitorFilter.SENT_LINES_ATTRIBUTE))
                    .get())
        .isEmpty();
  }

  @Test
  void why_noQuestion_explainsNothing() throws Exception {
    assertThat(json().getJsonObject("why")).isEmpty();
    assertThat(page()).contains("name=\"code\"").doesNotContain("spring-offer = ");
  }

  @Test
  void why_ownCode_isThatOfTheCookie() throws Exception {
    MockHttpServletRequest request = with(shop.operator("GET", "/"), "code", " ");
    request.addHeader("Cookie", "a=b; kameleoonVisitorCode=_js_mine-1");

    assertThat(text(shop.send(request))).contains("<code>mine-1</code>");
    assertThat(page("code", "")).contains("This browser sends no visitor code.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a b", "<script>alert(1)</script>", "null", "caf\u00e9", "\u0000"})
  void why_noCode_isRefusedAndEscaped(String code) throws Exception {
    String page = page("code", code);

    assertThat(page)
        .contains("This is no visitor code")
        .doesNotContain("<script", "spring-offer = ");
    assertThat(json("code", code).getJsonObject("why").getString("problem")).isNotBlank();
  }

  @Test
  void why_hugeCode_isBounded() throws Exception {
    assertThat(page("code", "x".repeat(100_000))).hasSizeLessThan(60_000);
    assertThat(page("code", "a", "page", "y".repeat(100_000))).hasSizeLessThan(60_000);
  }

  @Test
  void why_page_countsForConditionsIfOfThisSite() throws Exception {
    assertThat(page("code", "a", "page", "http://localhost/cart"))
        .contains("http://localhost/cart");
    assertThat(page("code", "a", "page", "https://other.example/"))
        .contains("The page is no URL of this site")
        .doesNotContain("spring-offer = ");
  }

  @Test
  void observeMode_isABanner() throws Exception {
    assertThat(page()).doesNotContain("Observe mode");
    assertThat(json().getBoolean("observes")).isFalse();
    shop.close();
    StatusShop observing = new StatusShop();
    observing.settings.put("mode", "observe");
    try (observing) {
      assertThat(text(observing.get("/"))).contains("Observe mode.");
    }
  }

  @Test
  void dataFile_missing_showsThatThePlatformIsNotReady() throws Exception {
    shop.settings.remove("dataFile");
    shop.settings.put("siteCode", "a1b2c3d4e5");
    shop.settings.put("clientId", "id");
    shop.settings.put("clientSecret", "secret");
    // No server listens on this port.
    shop.settings.put("proxyHost", "127.0.0.1:9");
    JsonObject json = json("code", "visitor-1");

    assertThat(((JsonString) json.get("platformState")).getString()).isNotEqualTo("READY");
    assertThat(page("code", "visitor-1"))
        .contains("No features: the data file has not arrived")
        .containsPattern("NO_CLIENT|NOT_READY")
        .contains("The data file has not arrived, or has no features.");
  }
}
