package io.github.kameleoonservlet.internal.kameleoon;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.github.kameleoonservlet.decision.Explanation;
import io.github.kameleoonservlet.decision.Reason;
import io.github.kameleoonservlet.decision.Variation;
import io.github.kameleoonservlet.identity.VisitorCode;
import io.github.kameleoonservlet.internal.decision.PlatformSettings;
import io.github.kameleoonservlet.internal.targeting.BrowserType;
import io.github.kameleoonservlet.internal.targeting.DeviceType;
import io.github.kameleoonservlet.internal.targeting.OperatingSystem;
import io.github.kameleoonservlet.internal.targeting.RequestFacts;
import io.github.kameleoonservlet.internal.targeting.TargetingSettings;
import io.github.kameleoonservlet.internal.targeting.TestFacts;
import io.github.kameleoonservlet.testing.RecordedLog;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests decisions of the unmodified SDK for one request. */
class TargetingTest {

  private static final VisitorCode VISITOR = new VisitorCode("somebody");

  private static final TestFacts PHONE_ON_CART = TestFacts.PHONE_ON_CART;

  private static final String LOGGER = KameleoonDecisionProvider.class.getName();
  private static final String URL_CART =
      "{\"targetingType\":\"PAGE_URL\",\"url\":\"/cart\",\"matchType\":\"CONTAINS\",\"isInclude\":true}";
  private static final String PHONE =
      "{\"targetingType\":\"DEVICE_TYPE\",\"device\":\"PHONE\",\"isInclude\":true}";

  private static final String WEATHER = "{\"targetingType\":\"WEATHER\",\"isInclude\":true}";

  @TempDir Path folder;
  private KameleoonDecisionProvider provider;

  @AfterEach
  void close() {
    if (provider != null) {
      provider.close();
    }
  }

  private void open(SegmentedFile file) throws IOException {
    provider =
        SdkStart.open(PlatformSettings.offline(file.in(folder).toString()), TargetingSettings.NONE);
  }

  private boolean isOn(String feature, RequestFacts facts) {
    Variation tracked = provider.decide(VISITOR, feature, true, facts);
    Variation silent = provider.decide(VISITOR, feature, false, facts);
    assertThat(silent).isEqualTo(tracked);
    assertThat(tracked.getReason()).isNotEqualTo(Reason.ERROR);
    return tracked.getKey().equals("on");
  }

  /**
   * Conditions that the request of a phone on /cart meets, and conditions that this request does
   * not meet.
   */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{`targetingType`:`PAGE_URL`,`url`:`/cart`,`matchType`:`CONTAINS`|true",
        "{`targetingType`:`PAGE_URL`,`url`:`/checkout`,`matchType`:`CONTAINS`|false",
        "{`targetingType`:`PAGE_URL`,`url`:`https://shop.example/cart?step=2`,`matchType`:`EXACT`|true",
        "{`targetingType`:`PAGE_URL`,`url`:`https://shop.example/cart`,`matchType`:`EXACT`|false",
        "{`targetingType`:`PAGE_URL`,`url`:`.*/cart.step=[0-9]`,`matchType`:`REGULAR_EXPRESSION`|true",
        "{`targetingType`:`PAGE_URL`,`url`:`cart`,`matchType`:`REGULAR_EXPRESSION`|false",
        "{`targetingType`:`PREVIOUS_PAGE`,`url`:`/product/`,`matchType`:`CONTAINS`|true",
        "{`targetingType`:`PREVIOUS_PAGE`,`url`:`/cart`,`matchType`:`CONTAINS`|false",
        "{`targetingType`:`PAGE_TITLE`,`title`:`cart`,`matchType`:`CONTAINS`|true",
        "{`targetingType`:`PAGE_TITLE`,`title`:`Home`,`matchType`:`EXACT`|false",
        "{`targetingType`:`DEVICE_TYPE`,`device`:`PHONE`|true",
        "{`targetingType`:`DEVICE_TYPE`,`device`:`DESKTOP`|false",
        "{`targetingType`:`BROWSER`,`browser`:`SAFARI`|true",
        "{`targetingType`:`BROWSER`,`browser`:`SAFARI`,`version`:`17`,`versionMatchType`:`GREATER`|true",
        "{`targetingType`:`BROWSER`,`browser`:`SAFARI`,`version`:`17.5`,`versionMatchType`:`EQUAL`|true",
        "{`targetingType`:`BROWSER`,`browser`:`SAFARI`,`version`:`17`,`versionMatchType`:`LOWER`|false",
        "{`targetingType`:`BROWSER`,`browser`:`CHROME`|false",
        "{`targetingType`:`OPERATING_SYSTEM`,`os`:`IOS`|true",
        "{`targetingType`:`OPERATING_SYSTEM`,`os`:`MAC`|false",
        "{`targetingType`:`COOKIE`,`name`:`theme`,`nameMatchType`:`EXACT`,`value`:`dark`,`valueMatchType`:`EXACT`|true",
        "{`targetingType`:`COOKIE`,`name`:`ab_`,`nameMatchType`:`CONTAINS`,`value`:`x`,`valueMatchType`:`EXACT`|true",
        "{`targetingType`:`COOKIE`,`name`:`ab_.`,`nameMatchType`:`REGULAR_EXPRESSION`,`value`:`.`,`valueMatchType`:`REGULAR_EXPRESSION`|true",
        "{`targetingType`:`COOKIE`,`name`:`theme`,`nameMatchType`:`EXACT`,`value`:`light`,`valueMatchType`:`EXACT`|false",
        "{`targetingType`:`GEOLOCATION`,`country`:`France`|true",
        "{`targetingType`:`GEOLOCATION`,`country`:`France`,`region`:`Ile-de-France`,`city`:`Paris`|true",
        "{`targetingType`:`GEOLOCATION`,`country`:`Germany`|false",
        "{`targetingType`:`CUSTOM_DATUM`,`customDataIndex`:`1`,`value`:`gold`,`valueMatchType`:`EXACT`|true",
        "{`targetingType`:`CUSTOM_DATUM`,`customDataIndex`:`1`,`value`:`silver`,`valueMatchType`:`EXACT`|false"
      })
  void condition_onRequest_includesAndExcludes(String start, boolean met) throws IOException {
    String condition = start.replace('`', '"');
    open(
        new SegmentedFile()
            .feature("included", condition + ",\"isInclude\":true}")
            .feature("excluded", condition + ",\"isInclude\":false}"));

    assertThat(isOn("included", PHONE_ON_CART)).isEqualTo(met);
    assertThat(isOn("excluded", PHONE_ON_CART)).isEqualTo(!met);
    assertThat(isOn("included", TestFacts.NONE)).isFalse();
    assertThat(isOn("excluded", TestFacts.NONE)).isTrue();
  }

  @Test
  void unknownCondition_includingAndExcluding_isNotMet() throws IOException {
    open(
        new SegmentedFile()
            .feature("included", "{\"targetingType\":\"WEATHER\",\"isInclude\":true}")
            .feature("excluded", "{\"targetingType\":\"WEATHER\",\"isInclude\":false}"));

    assertThat(isOn("included", PHONE_ON_CART)).isFalse();
    assertThat(isOn("excluded", PHONE_ON_CART)).isFalse();
  }

  /** Two conditions joined by OR; the third condition is alone. */
  @ParameterizedTest
  @CsvSource({"/cart,    DESKTOP, true", "/product, PHONE,   true", "/product, DESKTOP, false"})
  void segment_withOr_isMetByEitherCondition(String path, DeviceType device, boolean met)
      throws IOException {
    open(new SegmentedFile().rule("either", "", SegmentedFile.either(URL_CART, PHONE)));
    TestFacts facts =
        TestFacts.NONE
            .withPage("https://shop.example" + path)
            .withBrowser(BrowserType.CHROME, 120f, OperatingSystem.LINUX, device);

    assertThat(isOn("either", facts)).isEqualTo(met);
    Explanation explanation = provider.explain(VISITOR, "either", facts);
    assertThat(explanation.getRules()).hasSize(1);
    assertThat(explanation.getRules().get(0).getExpression()).isEqualTo("1 or 2");
    assertThat(explanation.getRules().get(0).isTargeted()).isEqualTo(met);
  }

  /** The SDK's own engine would treat the unknown condition in the other segment as met. */
  @Test
  void segment_ofOtherSegment_keepsUnknownConditions() throws IOException {
    open(
        new SegmentedFile()
            .rule("weather", "", SegmentedFile.segment("9001", WEATHER))
            .rule("cart", "", SegmentedFile.segment("9002", URL_CART))
            .feature(
                "in-weather",
                "{\"targetingType\":\"SEGMENT\",\"segmentId\":9001,\"isInclude\":true}")
            .feature(
                "in-cart", "{\"targetingType\":\"SEGMENT\",\"segmentId\":9002,\"isInclude\":true}")
            .feature(
                "not-in-cart",
                "{\"targetingType\":\"SEGMENT\",\"segmentId\":9002,\"isInclude\":false}")
            .feature(
                "missing", "{\"targetingType\":\"SEGMENT\",\"segmentId\":9,\"isInclude\":true}"));

    assertThat(isOn("in-weather", PHONE_ON_CART)).isFalse();
    assertThat(isOn("in-cart", PHONE_ON_CART)).isTrue();
    assertThat(isOn("in-cart", TestFacts.NONE)).isFalse();
    assertThat(isOn("not-in-cart", PHONE_ON_CART)).isFalse();
    assertThat(isOn("missing", PHONE_ON_CART)).isFalse();
  }

  @Test
  void segment_referringToItself_isNotMet() throws IOException {
    open(
        new SegmentedFile()
            .rule(
                "itself",
                "",
                SegmentedFile.segment(
                    "9001",
                    "{\"targetingType\":\"SEGMENT\",\"segmentId\":9001,\"isInclude\":true}")));

    assertThat(isOn("itself", PHONE_ON_CART)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"(a+)+b", "(a|aa)*b", "(.*a.*)*b", "((a|b)|c)*d"})
  void regularExpression_thatExplodes_isNotMetIncludingAndExcluding(String expression)
      throws IOException {
    String condition =
        "{\"targetingType\":\"PAGE_URL\",\"url\":\"https://shop.example/"
            + expression
            + "\",\"matchType\":\"REGULAR_EXPRESSION\",\"isInclude\":";
    open(
        new SegmentedFile()
            .feature("included", condition + "true}")
            .feature("excluded", condition + "false}")
            .feature("cart", URL_CART));
    TestFacts facts = TestFacts.NONE.withPage("https://shop.example/" + "a".repeat(8_000));
    Explanation explanation;
    try (RecordedLog log = new RecordedLog(LOGGER, Level.WARN)) {
      assertThat(isOn("included", facts)).isFalse();
      assertThat(isOn("excluded", facts)).isFalse();
      explanation = provider.explain(VISITOR, "included", facts);
      assertThat(log.messages(Level.WARN))
          .hasSize(2)
          .allMatch(line -> line.contains("regular expression"));
      assertThat(log.messages(Level.WARN).get(0)).contains("included");
      assertThat(log.messages(Level.WARN).get(1)).contains("excluded");
    }

    assertThat(explanation.getRules().get(0).getConditions().get(0).getNote())
        .contains("regular expression");
    assertThat(explanation.getFindings()).anyMatch(line -> line.contains("regular expression"));
    assertThat(isOn("cart", PHONE_ON_CART)).isTrue();
  }

  @Test
  void explain_conditions_showsDataAndSendsNothing() throws IOException {
    open(
        new SegmentedFile()
            .feature(
                "both",
                URL_CART,
                "{\"targetingType\":\"DEVICE_TYPE\",\"device\":\"DESKTOP\",\"isInclude\":true}",
                "{\"targetingType\":\"COOKIE\",\"name\":\"theme\",\"nameMatchType\":\"EXACT\","
                    + "\"value\":\"dark\",\"valueMatchType\":\"EXACT\",\"isInclude\":false}"));

    Explanation explanation = provider.explain(VISITOR, "both", PHONE_ON_CART);

    assertThat(explanation.toText())
        .isEqualTo(
            """
            both = off (DEFAULT)
              rule 101 (experiment 2101): segment not met [1 and 2 and 3], exposition 100.0 %
                1. PAGE_URL url=/cart, matchType=CONTAINS: met, found https://shop.example/cart?step=2
                2. DEVICE_TYPE device=DESKTOP: not met, found PHONE
                3. COOKIE not name=theme, nameMatchType=EXACT, value=dark, valueMatchType=EXACT: not met, found theme=dark""");
    assertThat(provider.offlineTraffic().orElseThrow().sentLines()).isEmpty();
    assertThat(explanation.toString()).doesNotContain("dark");
  }

  @Test
  void explain_decidingRule_isMarked() throws IOException {
    open(new SegmentedFile().feature("cart", URL_CART));

    Explanation explanation = provider.explain(VISITOR, "cart", PHONE_ON_CART);

    assertThat(explanation.getVariation().getReason()).isEqualTo(Reason.ASSIGNED);
    assertThat(explanation.getRules().get(0).isAssigned()).isTrue();
    assertThat(explanation.getRules().get(0).getWithinExposition()).isTrue();
    assertThat(provider.explain(VISITOR, "no-such", PHONE_ON_CART).getVariation().getReason())
        .isEqualTo(Reason.NOT_FOUND);
  }

  @Test
  void decision_atDebug_isExplainedInOneLineWithoutValues() throws IOException {
    open(new SegmentedFile().feature("both", URL_CART, PHONE));
    try (RecordedLog log = new RecordedLog(LOGGER, Level.DEBUG)) {
      provider.decide(VISITOR, "both", true, PHONE_ON_CART);

      assertThat(log.messages(Level.DEBUG))
          .containsExactly(
              "Feature 'both' is 'on' (ASSIGNED); rule 101 targeted [PAGE_URL met,"
                  + " DEVICE_TYPE met], within the exposition, decides");
    }
  }

  /** The web SDK counts the page on which it runs. */
  @Test
  void pageViews_countedPage_containPage() throws IOException {
    open(
        new SegmentedFile()
            .feature(
                "first",
                "{\"targetingType\":\"PAGE_VIEWS\",\"pageCount\":1,\"matchType\":\"EQUAL\",\"isInclude\":true}"));

    assertThat(isOn("first", PHONE_ON_CART.asPageView())).isTrue();
    assertThat(isOn("first", PHONE_ON_CART)).isFalse();
  }

  /** The check of the data file has logged the condition. */
  @Test
  void regularExpression_invalidInJava_isNotMetIncludingAndExcluding() throws IOException {
    String condition =
        "{\"targetingType\":\"PAGE_URL\",\"url\":\"[cart\",\"matchType\":\"REGULAR_EXPRESSION\","
            + "\"isInclude\":";
    open(
        new SegmentedFile()
            .feature("included", condition + "true}")
            .feature("excluded", condition + "false}"));

    assertThat(isOn("included", PHONE_ON_CART)).isFalse();
    assertThat(isOn("excluded", PHONE_ON_CART)).isFalse();
    assertThat(provider.explain(VISITOR, "excluded", PHONE_ON_CART).getFindings())
        .singleElement()
        .asString()
        .containsIgnoringCase("regular expression");
  }

  @Test
  void explain_noConditionOnCookiesAndCustomData_showsNone() throws IOException {
    open(new SegmentedFile().feature("cart", URL_CART));

    assertThat(provider.explain(VISITOR, "cart", PHONE_ON_CART).toText())
        .doesNotContain("dark", "theme", "gold");
  }

  /**
   * Any client that knows a code may send the code, so that an explanation must not contain the
   * visitor's visits.
   */
  @Test
  void explain_rememberedVisitor_showsNoDataOfOtherRequests() throws IOException {
    open(
        new SegmentedFile()
            .feature(
                "debt",
                "{\"targetingType\":\"CUSTOM_DATUM\",\"customDataIndex\":\"1\",\"value\":\"12\","
                    + "\"valueMatchType\":\"CONTAINS\",\"isInclude\":true}"));
    provider.addCustomData(VISITOR, 1, List.of("debt:12000"), TestFacts.NONE);

    String text = provider.explain(VISITOR, "debt", TestFacts.NONE).toText();

    assertThat(text).contains("met, found something").doesNotContain("debt:12000");
    assertThat(
            provider
                .explain(
                    VISITOR,
                    "debt",
                    TestFacts.NONE.withAddedCustomData(Map.of(1, List.of("mine:12"))))
                .toText())
        .contains("mine:12");
  }

  @ParameterizedTest
  @CsvSource({
    "EXACT,              remember-me, remember-me=(hidden)",
    "EXACT,              theme,       theme=dark",
    "CONTAINS,           e,           remember-me; theme",
    "REGULAR_EXPRESSION, the..,       theme",
    "CONTAINS,           absent,      nothing"
  })
  void explain_cookies_showsOnlyComparedCookiesWithoutSecrets(
      String matchType, String name, String found) throws IOException {
    open(
        new SegmentedFile()
            .feature(
                "cookie",
                "{\"targetingType\":\"COOKIE\",\"name\":\"%s\",\"nameMatchType\":\"%s\",\"value\":\"x\",\"valueMatchType\":\"CONTAINS\",\"isInclude\":true}"
                    .formatted(name, matchType)));
    TestFacts facts =
        TestFacts.NONE.withCookies(Map.of("theme", "dark", "remember-me", "S3CRET", "a", "b"));

    assertThat(provider.explain(VISITOR, "cookie", facts).toText())
        .contains("found " + found)
        .doesNotContain("S3CRET");
  }

  /** Eight references in a row with many conditions each would be evaluated millions of times. */
  @Test
  void segments_referringToEachOther_areEvaluatedOnce() throws IOException {
    String[] references = new String[20];
    Arrays.fill(
        references, "{\"targetingType\":\"SEGMENT\",\"segmentId\":9001,\"isInclude\":true}");
    open(new SegmentedFile().rule("itself", "", SegmentedFile.segment("9001", references)));

    assertThat(isOn("itself", PHONE_ON_CART)).isFalse();
  }

  @Test
  void segment_thousandsOfConditions_failsNoDecision() throws IOException {
    String[] conditions = new String[20_000];
    Arrays.fill(conditions, URL_CART);
    open(new SegmentedFile().feature("huge", conditions).feature("cart", URL_CART));

    assertThat(provider.decide(VISITOR, "huge", true, PHONE_ON_CART).getKey())
        .isIn("on", Variation.OFF);
    assertThat(provider.explain(VISITOR, "huge", PHONE_ON_CART).getFeatureKey()).isEqualTo("huge");
    assertThat(isOn("cart", PHONE_ON_CART)).isTrue();
  }

  @Test
  void customDatum_indexNotNumber_isNotMet() throws IOException {
    open(
        new SegmentedFile()
            .feature(
                "odd",
                "{\"targetingType\":\"CUSTOM_DATUM\",\"customDataIndex\":\"99999999999\",\"value\":\"a\",\"valueMatchType\":\"EXACT\",\"isInclude\":false}"));

    assertThat(isOn("odd", PHONE_ON_CART)).isFalse();
  }

  @Test
  void decision_unknownFeatureAtDebug_logsNoKey() throws IOException {
    open(new SegmentedFile().feature("cart", URL_CART));
    try (RecordedLog log = new RecordedLog(LOGGER, Level.DEBUG)) {
      for (int i = 0; i < 300; i++) {
        provider.decide(VISITOR, "from-outside-" + i, true, PHONE_ON_CART);
      }

      assertThat(log.messages(Level.DEBUG)).hasSizeLessThan(110);
    }
  }

  /** The SDK reads no other cookie, so that other cookies must not use up the budget. */
  @Test
  void cookieCondition_withLongOtherCookies_isMet() throws IOException {
    open(
        new SegmentedFile()
            .feature(
                "plan",
                "{\"targetingType\":\"COOKIE\",\"name\":\"plan\",\"nameMatchType\":\"EXACT\",\"value\":\".*-.*-.*-gold\",\"valueMatchType\":\"REGULAR_EXPRESSION\",\"isInclude\":true}"));
    String uuids = "123e4567-e89b-12d3-a456-426614174000.".repeat(40);

    assertThat(isOn("plan", TestFacts.NONE.withCookies(Map.of("plan", "a-b-c-gold", "ids", uuids))))
        .isTrue();
  }

  @Test
  void regularExpression_ofManyPages_isMetByLongUrls() throws IOException {
    String pages =
        IntStream.range(0, 60)
            .mapToObj(i -> "/landing/page-" + i + "/")
            .collect(Collectors.joining("|", ".*(", ").*"));
    open(
        new SegmentedFile()
            .feature(
                "landing",
                "{\"targetingType\":\"PAGE_URL\",\"url\":\"%s\",\"matchType\":\"REGULAR_EXPRESSION\",\"isInclude\":true}"
                    .formatted(pages)));
    String url = "https://shop.example/landing/page-7/?gclid=" + "x".repeat(3_000);

    assertThat(isOn("landing", TestFacts.NONE.withPage(url))).isTrue();
  }
}
