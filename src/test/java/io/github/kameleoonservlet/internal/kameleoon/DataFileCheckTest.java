package io.github.kameleoonservlet.internal.kameleoon;

import static io.github.kameleoonservlet.internal.kameleoon.SegmentedFile.condition;
import static io.github.kameleoonservlet.internal.kameleoon.SegmentedFile.segment;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.github.kameleoonservlet.identity.VisitorCode;
import io.github.kameleoonservlet.internal.decision.PlatformSettings;
import io.github.kameleoonservlet.internal.targeting.RequestFacts;
import io.github.kameleoonservlet.internal.targeting.TargetingSettings;
import io.github.kameleoonservlet.testing.RecordedLog;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests the data file doctor with the real SDK, offline: each cause is provoked once. */
class DataFileCheckTest {

  private static final TargetingSettings EVERYTHING =
      new TargetingSettings(true, true, Set.of("1"), true, true, true);
  private static final VisitorCode VISITOR = new VisitorCode("somebody");

  @TempDir Path folder;
  private RecordedLog log;
  private KameleoonDecisionProvider provider;

  @BeforeEach
  void watch() {
    log = new RecordedLog("io.github.kameleoonservlet", Level.INFO);
  }

  @AfterEach
  void close() {
    if (provider != null) {
      provider.close();
    }
    log.close();
  }

  private List<String> lines(SegmentedFile file, TargetingSettings settings) {
    return lines(file.in(folder), settings);
  }

  private List<String> lines(Path file, TargetingSettings settings) {
    provider = SdkStart.open(PlatformSettings.offline(file.toString()), settings);
    return log.messages(Level.INFO);
  }

  private List<String> findings(String feature) {
    return provider.explain(VISITOR, feature, RequestFacts.none()).getFindings();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "src/test/resources/kameleoon/data-file.json",
        "webapp-sample/src/main/webapp/WEB-INF/kameleoon-data-file.json"
      })
  void dataFile_sound_logsNothing(String file) {
    TargetingSettings sample = new TargetingSettings(true, true, Set.of("1"), true, true, true);
    assertThat(lines(Path.of(file), sample)).isEmpty();
  }

  @Test
  void knownConditions_withSettings_logNothing() {
    SegmentedFile file =
        new SegmentedFile()
            .feature(
                "all",
                condition(
                    "PAGE_URL",
                    "\"url\":\"^https://shop/.*$\",\"matchType\":\"REGULAR_EXPRESSION\""),
                condition("PAGE_URL", "\"url\":\".*check.*\",\"matchType\":\"REGULAR_EXPRESSION\""),
                condition("PAGE_URL", "\"url\":\"check\",\"matchType\":\"CONTAINS\""),
                condition(
                    "CUSTOM_DATUM",
                    "\"customDataIndex\":\"1\",\"value\":\"a\",\"valueMatchType\":\"EXACT\""),
                condition("GEOLOCATION", "\"country\":\"France\""),
                condition("PAGE_TITLE", "\"title\":\"a\",\"matchType\":\"EXACT\""),
                condition("PAGE_VIEWS", "\"pageCount\":1,\"matchType\":\"GREATER\""),
                condition("NEW_VISITORS", "\"visitorType\":\"NEW\""),
                condition("DEVICE_TYPE", "\"device\":\"PHONE\""),
                condition("SDK_LANGUAGE", "\"sdkLanguage\":\"JAVA\""));
    assertThat(lines(file, EVERYTHING)).isEmpty();
    assertThat(findings("all")).isEmpty();
  }

  @Test
  void conditionType_unknown_isLoggedOnceForAllFeatures() {
    SegmentedFile file = new SegmentedFile();
    for (int i = 0; i < 7; i++) {
      file.feature("f" + i, condition(i == 0 ? "DAY_OF_WEEK" : "SKY_STATUS", ""));
    }
    assertThat(lines(file, TargetingSettings.NONE))
        .containsExactly(
            "Data file: SDK 4.5.0 does not support the condition type DAY_OF_WEEK,"
                + " SKY_STATUS: no visitor meets such a condition, even if the condition"
                + " excludes. Features: f0, f1, f2, f3, f4 and 2 more.");
    assertThat(findings("f0"))
        .containsExactly(
            "rule 101: SDK 4.5.0 does not support the condition type DAY_OF_WEEK: no"
                + " visitor meets such a condition, even if the condition excludes");
    assertThat(findings("no-such-feature")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "GEOLOCATION,countryHeader",
    "PAGE_TITLE,Visitor.setPageTitle",
    "PAGE_VIEWS,trackPageViews=true",
    "NEW_VISITORS,remoteVisitorData=true",
    "VISITS,remoteVisitorData=true",
    "SAME_DAY_VISITS,remoteVisitorData=true",
    "FIRST_VISIT,remoteVisitorData=true",
    "LAST_VISIT,remoteVisitorData=true",
    "CONVERSIONS,remoteVisitorData=true",
    "HEAT_SLICE,remoteVisitorData=true"
  })
  void condition_withoutSettingForItsData_namesTheSetting(String type, String setting) {
    // The SDK cannot evaluate NEW_VISITORS without its field; the other types ignore the field.
    SegmentedFile file =
        new SegmentedFile().feature("banner", condition(type, "\"visitorType\":\"NEW\""));
    assertThat(lines(file, TargetingSettings.NONE))
        .singleElement()
        .asString()
        .contains(type, setting)
        .endsWith(" Features: banner.");
    assertThat(findings("banner")).hasSize(1);
  }

  @Test
  void customDatum_indexWithoutSetting_namesSettingAndCall() {
    SegmentedFile file =
        new SegmentedFile()
            .feature("banner", condition("CUSTOM_DATUM", "\"customDataIndex\":\"2\""));
    assertThat(lines(file, EVERYTHING))
        .containsExactly(
            "Data file: No setting supplies the custom data 2: set customData.<index>, or call"
                + " Visitor.addCustomData before the decision. Features: banner.");
  }

  @Test
  void customDatum_settingByName_logsNothing() {
    SegmentedFile file =
        new SegmentedFile()
            .customData("[{\"id\":77,\"index\":2,\"name\":\"plan\",\"localOnly\":false}]")
            .feature("banner", condition("CUSTOM_DATUM", "\"customDataIndex\":\"2\""));
    TargetingSettings named =
        new TargetingSettings(false, false, Set.of("plan"), false, false, false);
    assertThat(lines(file, named)).isEmpty();
  }

  @Test
  void customDataName_notInDataFile_listsNamesOfFile() {
    SegmentedFile file =
        new SegmentedFile()
            .customData("[{\"id\":77,\"index\":2,\"name\":\"plan\",\"localOnly\":false}]")
            .feature("banner");
    TargetingSettings named =
        new TargetingSettings(false, false, Set.of("paln"), false, false, false);
    assertThat(lines(file, named))
        .containsExactly(
            "Data file: No custom data have the name of the setting customData.<name>: paln (in the"
                + " data file: plan).");
  }

  @Test
  void holdout_inDataFile_isReportedForEachFeature() {
    SegmentedFile file =
        new SegmentedFile()
            .feature("banner")
            .with(
                ",\"holdout\":{\"experimentId\":9,\"variationByExposition\":[{\"variationKey\":"
                    + "\"in-holdout\",\"variationId\":1,\"exposition\":0.1}]}");
    assertThat(lines(file, EVERYTHING)).singleElement().asString().contains("ignores the holdout");
    assertThat(findings("banner")).singleElement().asString().contains("ignores the holdout");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"mutuallyExclusiveGroup\":\"heroes\" | ignores mutually exclusive groups",
        "\"bucketingCustomDataId\":77 | ignores bucketing by custom data",
        "\"contextualBandit\":true | ignores contextual bandits"
      })
  void feature_withFieldsIgnoredBySdk_isNamed(String field, String expected) {
    SegmentedFile file =
        new SegmentedFile().whole("banner", "," + field, "").whole("plain", "", "");
    assertThat(lines(file, EVERYTHING))
        .singleElement()
        .asString()
        .contains(expected)
        .endsWith(" Features: banner.");
    assertThat(findings("plain")).isEmpty();
  }

  @Test
  void feature_unusedFieldsOfNewerFiles_logNothing() {
    String unused =
        ",\"mutuallyExclusiveGroup\":null,\"bucketingCustomDataId\":null,\"contextualBandit\":false";
    assertThat(
            lines(
                new SegmentedFile().whole("banner", unused, "").with(",\"holdout\":null"),
                EVERYTHING))
        .isEmpty();
  }

  @Test
  void respoolTime_zero_isNamed() {
    SegmentedFile file = new SegmentedFile().rule("banner", ",\"respoolTime\":0", "null");
    assertThat(lines(file, EVERYTHING)).singleElement().asString().contains("respoolTime is 0");
  }

  @Test
  void targetedDelivery_twoVariations_isNamed() {
    SegmentedFile file =
        new SegmentedFile()
            .rule(
                "banner",
                ",\"variationByExposition\":[{\"variationKey\":\"on\",\"variationId\":1,"
                    + "\"exposition\":0.5},{\"variationKey\":\"off\",\"variationId\":2,"
                    + "\"exposition\":0.5}]",
                "null");
    assertThat(lines(file, EVERYTHING)).singleElement().asString().contains("TARGETED_DELIVERY");
  }

  @Test
  void rule_segmentByIdOnly_isNamed() {
    SegmentedFile file = new SegmentedFile().rule("banner", ",\"segmentId\":900", "null");
    assertThat(lines(file, EVERYTHING)).singleElement().asString().contains("every visitor");
  }

  @Test
  void brokenRule_experimentIdOrTypeMissing_isNamed() {
    assertThat(lines(DataFiles.BROKEN_RULE, EVERYTHING))
        .containsExactly(
            "Data file: A rule has no experimentId: the SDK cannot decide the feature. Features:"
                + " broken.",
            "Data file: A variable has no type: the SDK cannot decide the feature. Features:"
                + " untyped.");
    assertThat(findings("untyped")).singleElement().asString().startsWith("variable a: ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"COOKIE", "CUSTOM_DATUM", "PAGE_TITLE", "PREVIOUS_PAGE", "VISITOR_CODE"})
  void expression_partialMatch_isReportedWithoutExpression(String type) {
    String regex = "\"REGULAR_EXPRESSION\"";
    String fields =
        ("\"customDataIndex\":\"1\",\"name\":\"n\",\"nameMatchType\":\"EXACT\",\"url\":\"s=check\","
                + "\"title\":\"s=check\",\"visitorCode\":\"s=check\",\"value\":\"s=check\","
                + "\"matchType\":REGEX,\"valueMatchType\":REGEX")
            .replace("REGEX", regex);
    SegmentedFile file = new SegmentedFile().feature("banner", condition(type, fields));
    assertThat(lines(file, EVERYTHING))
        .singleElement()
        .asString()
        .contains("must match the whole value", type)
        .doesNotContain("s=check");
  }

  @Test
  void expression_invalidInJava_isReported() {
    SegmentedFile file =
        new SegmentedFile()
            .feature(
                "banner",
                condition("PAGE_URL", "\"url\":\"^(a$\",\"matchType\":\"REGULAR_EXPRESSION\""));
    assertThat(lines(file, EVERYTHING)).singleElement().asString().contains("invalid in Java");
  }

  @Test
  void segmentCondition_missingSegment_isReported() {
    SegmentedFile file =
        new SegmentedFile().feature("banner", condition("SEGMENT", "\"segmentId\":12"));
    assertThat(lines(file, EVERYTHING)).singleElement().asString().contains("contains (id 12)");
  }

  @Test
  void segmentCondition_circular_isReportedForBothFeatures() {
    SegmentedFile file =
        new SegmentedFile()
            .rule("a", "", segment("1", condition("SEGMENT", "\"segmentId\":2")))
            .rule("b", "", segment("2", condition("SEGMENT", "\"segmentId\":1")))
            .rule("c", "", segment("3", condition("DEVICE_TYPE", "\"device\":\"PHONE\"")))
            .feature("d", condition("SEGMENT", "\"segmentId\":3"));
    assertThat(lines(file, EVERYTHING))
        .containsExactly(
            "Data file: A SEGMENT condition refers to its own segment (id 2, 1). Features: a, b.");
  }

  @Test
  void featureKeyAndDetail_withControlCharacters_areScrubbed() {
    SegmentedFile file =
        new SegmentedFile().feature("a\\r\\nFAKE", condition("${jndi:x}\\nFAKE", ""));
    assertThat(lines(file, EVERYTHING))
        .singleElement()
        .asString()
        .contains("type ??jndi:x??FAKE", "a??FAKE");
  }

  @Test
  void disabledFeature_withFaults_logsNothing() {
    SegmentedFile file =
        new SegmentedFile()
            .whole("banner", ",\"environmentEnabled\":false,\"bucketingCustomDataId\":7", "");
    assertThat(lines(file, EVERYTHING)).isEmpty();
  }
}
