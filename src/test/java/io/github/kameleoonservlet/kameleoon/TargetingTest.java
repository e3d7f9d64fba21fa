package io.github.kameleoonservlet.kameleoon;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.kameleoonservlet.decision.Reason;
import io.github.kameleoonservlet.decision.Variation;
import io.github.kameleoonservlet.identity.VisitorCode;
import io.github.kameleoonservlet.targeting.BrowserType;
import io.github.kameleoonservlet.targeting.DeviceType;
import io.github.kameleoonservlet.targeting.OperatingSystem;
import io.github.kameleoonservlet.targeting.RequestFacts;
import io.github.kameleoonservlet.targeting.TargetingSettings;
import io.github.kameleoonservlet.targeting.TestFacts;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The unmodified SDK decides for one request. */
class TargetingTest {

  private static final VisitorCode VISITOR = new VisitorCode("somebody");

  private static final TestFacts PHONE_ON_CART =
      TestFacts.NONE
          .withPage("https://shop.example/cart?step=2")
          .withPreviousPage("https://shop.example/product/7")
          .withTitle("Your cart")
          .withBrowser(BrowserType.SAFARI, 17.5f, OperatingSystem.IOS, DeviceType.PHONE)
          .withCookies(Map.of("theme", "dark", "ab_1", "x"))
          .withPlace("France", "Ile-de-France", "Paris")
          .withCustomData(Map.of("1", List.of("gold")));

  @TempDir Path folder;
  private KameleoonDecisionProvider provider;

  @AfterEach
  void close() {
    if (provider != null) {
      provider.close();
    }
  }

  private void open(SegmentFile file) throws IOException {
    provider =
        KameleoonDecisionProvider.open(
            PlatformSettings.offline(file.in(folder).toString()), TargetingSettings.NONE);
  }

  private boolean isOn(String feature, RequestFacts facts) {
    Variation tracked = provider.decide(VISITOR, feature, true, facts);
    Variation silent = provider.decide(VISITOR, feature, false, facts);
    assertThat(silent).isEqualTo(tracked);
    assertThat(tracked.getReason()).isNotEqualTo(Reason.ERROR);
    return tracked.getKey().equals("on");
  }

  /** Conditions that the request of a phone on /cart meets, and conditions that it does not. */
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
  void condition_onTheRequest_isMetAndExcludes(String start, boolean met) throws IOException {
    String condition = start.replace('`', '"');
    open(
        new SegmentFile()
            .flag("included", condition + ",\"isInclude\":true}")
            .flag("excluded", condition + ",\"isInclude\":false}"));

    assertThat(isOn("included", PHONE_ON_CART)).isEqualTo(met);
    assertThat(isOn("excluded", PHONE_ON_CART)).isEqualTo(!met);
    assertThat(isOn("included", TestFacts.NONE)).isFalse();
    assertThat(isOn("excluded", TestFacts.NONE)).isTrue();
  }

  @Test
  void unknownCondition_includingAndExcluding_isNotMet() throws IOException {
    open(
        new SegmentFile()
            .flag("included", "{\"targetingType\":\"WEATHER\",\"isInclude\":true}")
            .flag("excluded", "{\"targetingType\":\"WEATHER\",\"isInclude\":false}"));

    assertThat(isOn("included", PHONE_ON_CART)).isFalse();
    assertThat(isOn("excluded", PHONE_ON_CART)).isFalse();
  }
}
