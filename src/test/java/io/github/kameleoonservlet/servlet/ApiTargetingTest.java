package io.github.kameleoonservlet.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kameleoonservlet.decision.Reason;
import io.github.kameleoonservlet.decision.Variation;
import io.github.kameleoonservlet.internal.config.Parameters;
import io.github.kameleoonservlet.internal.config.Settings;
import io.github.kameleoonservlet.internal.decision.ExplainedCondition;
import io.github.kameleoonservlet.internal.decision.ExplainedFeature;
import io.github.kameleoonservlet.internal.decision.ExplainedRule;
import io.github.kameleoonservlet.internal.http.PageUrl;
import io.github.kameleoonservlet.internal.targeting.BrowserFacts;
import io.github.kameleoonservlet.internal.targeting.BrowserType;
import io.github.kameleoonservlet.internal.targeting.DeviceType;
import io.github.kameleoonservlet.internal.targeting.OperatingSystem;
import io.github.kameleoonservlet.internal.targeting.RequestFacts;
import io.github.kameleoonservlet.internal.visitor.DescribedPage;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.StringReader;
import java.io.UnsupportedEncodingException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockFilterConfig;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

/** Tests the page and the device in the body of API calls, and explanations by the API. */
class ApiTargetingTest {

  private final TestShop shop = new TestShop();
  private final ApiBrowser api = new ApiBrowser(shop.new Browser());

  private static MockHttpServletRequest call(String fields) {
    MockHttpServletRequest request = ApiBrowser.call("POST", "/variation");
    request.setServerName("shop.example");
    String body = "{\"featureKey\":\"banner\"" + fields.replace('\'', '"') + "}";
    return ApiBrowser.withBody(request, "application/json", body);
  }

  private RequestFacts facts(MockHttpServletRequest request) {
    assertThat(api.send(request).getStatus()).isEqualTo(200);
    return shop.decisions.lastFacts;
  }

  private static JsonObject json(MockHttpServletResponse response) {
    try {
      return Json.createReader(new StringReader(response.getContentAsString())).readObject();
    } catch (UnsupportedEncodingException e) {
      throw new IllegalStateException(e);
    }
  }

  private void explainFor(String setting) throws Exception {
    MockFilterConfig filter = new MockFilterConfig("visitor");
    filter.addInitParameter("explainFor", setting);
    shop.facts = Settings.read(new Parameters(filter, unset -> null)).facts();
  }

  // ---- page

  @Test
  void page_inBody_isUsedForDecision() {
    MockHttpServletRequest request =
        call(
            ",'page':{'url':'https://m.shop.example/cart?a=b#c','title':'Cart',"
                + "'referrer':'https://m.shop.example/list'}");
    request.addHeader("Referer", "http://shop.example/other");
    RequestFacts facts = facts(request);

    assertThat(facts.pageUrl()).isEqualTo("https://m.shop.example/cart?a=b");
    assertThat(facts.pageTitle()).isEqualTo("Cart");
    assertThat(facts.previousPage()).isEqualTo("https://m.shop.example/list");
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://elsewhere/", "https://m.shop.example/cart#top", ""})
  void referrer_ofAnotherSiteOrSamePage_isNoPreviousPage(String referrer) {
    RequestFacts facts =
        facts(call(",'page':{'url':'https://m.shop.example/cart','referrer':'" + referrer + "'}"));

    assertThat(facts.previousPage()).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ",'page':null", ",'page':{}", ",'page':{'url':null,'title':''}"})
  void page_notInBody_isTakenFromReferer(String fields) {
    MockHttpServletRequest request = call(fields);
    request.addHeader("Referer", "http://shop.example/list#top");
    RequestFacts facts = facts(request);

    assertThat(facts.pageUrl()).isEqualTo("http://shop.example/list");
    assertThat(facts.previousPage()).isNull();
    assertThat(facts.pageTitle()).isNull();
  }

  @Test
  void page_refererOfAnotherSite_isMissing() {
    MockHttpServletRequest request = call("");
    request.addHeader("Referer", "http://elsewhere/list");

    assertThat(facts(request).pageUrl()).isNull();
  }

  @Test
  void variations_withReferer_areDecidedForItsPage() {
    MockHttpServletRequest request = ApiBrowser.call("GET", "/variations");
    request.setServerName("shop.example");
    request.addHeader("Referer", "http://shop.example/list");
    RequestFacts facts = facts(request);

    assertThat(facts.pageUrl()).isEqualTo("http://shop.example/list");
    assertThat(facts.previousPage()).isNull();
  }

  @Test
  void variations_withBody_areDecidedForItsPageAndDevice() {
    RequestFacts facts =
        facts(
            ApiBrowser.withBody(
                ApiBrowser.call("POST", "/variations"),
                "application/json",
                "{\"page\":{\"url\":\"https://shop.example/cart\"},\"device\":\"PHONE\"}"));

    assertThat(facts.pageUrl()).isEqualTo("https://shop.example/cart");
    assertThat(facts.browser().device()).isEqualTo(DeviceType.PHONE);
  }

  /** The platform's data about a visitor must stay the same between two decisions of one call. */
  @Test
  void call_twoDecisions_shareOneDecisionMemory() {
    RequestFacts facts = facts(call(""));
    facts.memory().put("key", "value");

    assertThat(facts.memory()).containsEntry("key", "value");
  }

  // ---- device

  @Test
  void device_inBody_isUsedForDecision() {
    RequestFacts facts =
        facts(
            call(
                ",'device':'TABLET','operatingSystem':'IOS',"
                    + "'browser':{'type':'SAFARI','version':17.5}"));

    assertThat(facts.browser())
        .isEqualTo(
            new BrowserFacts(BrowserType.SAFARI, 17.5f, OperatingSystem.IOS, DeviceType.TABLET));
  }

  @Test
  void device_partlyInBody_isCompletedFromHeader() {
    BrowserFacts header =
        new BrowserFacts(BrowserType.CHROME, 131f, OperatingSystem.ANDROID, DeviceType.PHONE);

    assertThat(DescribedPage.NONE.over(header)).isEqualTo(header);
    assertThat(
            new DescribedPage(null, null, null, DeviceType.TABLET, null, BrowserType.OTHER, null)
                .over(header))
        .isEqualTo(
            new BrowserFacts(BrowserType.OTHER, null, OperatingSystem.ANDROID, DeviceType.TABLET));
  }

  // ---- refusals

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'page':'zqxj'                              | page must be an object",
        "'page':{'zqxj':1}                          | page.zqxj is unknown",
        "'page':{'url':1}                           | page.url must be",
        "'page':{'url':''}                          | page.url must be an absolute URL",
        "'page':{'url':'/zqxj'}                     | page.url must be an absolute URL",
        "'page':{'url':'ftp://shop.example/zqxj'}   | page.url must be an absolute URL",
        "'page':{'url':'https://a:zqxj@shop/'}      | page.url must be an absolute URL",
        "'page':{'referrer':'zqxj'}                 | page.referrer must be an absolute URL",
        "'page':{'title':1}                         | page.title must be a string",
        "'device':'zqxj'                            | device must be PHONE, TABLET, DESKTOP",
        "'device':'phone'                           | device must be PHONE, TABLET, DESKTOP",
        "'operatingSystem':'zqxj'                   | operatingSystem must be WINDOWS, MAC, IOS",
        "'operatingSystem':7                        | operatingSystem must be WINDOWS, MAC, IOS",
        "'browser':'zqxj'                           | browser must be an object",
        "'browser':{}                               | browser.type must be",
        "'browser':{'type':'zqxj'}                  | browser.type must be CHROME",
        "'browser':{'type':'CHROME','version':'1'}  | browser.version must be a number",
        "'browser':{'type':'CHROME','version':-1}   | browser.version must be a number",
        "'browser':{'type':'CHROME','version':1e99} | browser.version must be a number",
        "'explain':'zqxj'                           | explain must be true or false"
      })
  void field_malformed_isRefusedWithoutEcho(String field, String detail)
      throws UnsupportedEncodingException {
    MockHttpServletResponse response = api.send(call("," + field));

    assertThat(response.getStatus()).isEqualTo(400);
    assertThat(json(response).getString("detail")).contains(detail);
    assertThat(response.getContentAsString().replace("page.zqxj is", "")).doesNotContain("zqxj");
    assertThat(shop.decisions.calls).isEmpty();
  }

  @Test
  void url_longerThanMaximum_isRefused() {
    String url = "https://shop.example/" + "a".repeat(PageUrl.MAX_LENGTH);

    // The limit of the body applies first.
    assertThat(api.send(call(",'page':{'url':'" + url + "'}")).getStatus()).isEqualTo(413);
  }

  @Test
  void page_inCallWithoutDecision_isRefused() {
    MockHttpServletResponse response =
        api.post("/conversion", "{\"goalId\":1,\"page\":{\"url\":\"https://shop.example/\"}}");

    assertThat(response.getStatus()).isEqualTo(400);
    assertThat(json(response).getString("detail")).contains("page is unknown");
  }

  // ---- explanation

  @Test
  void explanation_notAllowed_isRefusedAndChangesNothing() {
    MockHttpServletResponse response = api.send(call(",'explain':true"));

    assertThat(response.getStatus()).isEqualTo(403);
    assertThat(json(response).getString("detail")).contains("explainFor");
    assertThat(shop.decisions.calls).isEmpty();
    assertThat(response.getHeaders("Set-Cookie")).isEmpty();
  }

  @Test
  void explanation_notRequested_isAbsent() throws Exception {
    explainFor("everybody");

    assertThat(json(api.send(call(",'explain':false")))).doesNotContainKey("explanation");
  }

  @Test
  void explanation_allowedByRole_isStructuredWithoutExposure() throws Exception {
    explainFor("tester");
    shop.decisions.explanation =
        new ExplainedFeature(
            Variation.of("banner", "on", 11, 7, java.util.Map.of(), Reason.ASSIGNED),
            List.of(
                new ExplainedRule(
                    3,
                    null,
                    0.5,
                    true,
                    null,
                    false,
                    "1",
                    List.of(
                        new ExplainedCondition(
                            1, "PAGE_URL", true, "url CONTAINS /cart", null, false, "why")))),
            List.of("a finding"));
    MockHttpServletRequest request = call(",'explain':true");
    request.addUserRole("tester");

    assertThat(json(api.send(request)).getJsonObject("explanation"))
        .isEqualTo(
            Json.createReader(
                    new StringReader(
                        "{'rules':[{'id':3,'experimentId':null,'exposition':0.5,'targeted':true,"
                            .concat("'withinExposition':null,'assigned':false,'expression':'1',")
                            .concat("'conditions':[{'number':1,'kind':'PAGE_URL',")
                            .concat("'include':true,'wanted':'url CONTAINS /cart',")
                            .concat("'found':null,'met':false,'note':'why'}]}],")
                            .concat("'findings':['a finding']}")
                            .replace('\'', '"')))
                .readObject());
    assertThat(shop.decisions.calls).containsExactly("decide new-1 banner", "explain new-1 banner");
  }

  @Test
  void explanation_withTracking_tracksExposure() throws Exception {
    explainFor("everybody");
    api.send(call(",'explain':true,'track':true"));

    assertThat(shop.decisions.calls).contains("decide new-1 banner exposed");
  }

  @Test
  void explanation_beforeDataFile_callsNoProvider() throws Exception {
    explainFor("everybody");
    shop.decisions.features = Set.of();

    assertThat(
            json(api.send(call(",'explain':true")))
                .getJsonObject("explanation")
                .getJsonArray("rules"))
        .isEmpty();
    assertThat(shop.decisions.calls).isEmpty();
  }
}
