package io.github.kameleoonservlet.internal.kameleoon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import com.kameleoon.logging.KameleoonLogger;
import com.kameleoon.logging.LogLevel;
import com.kameleoon.logging.Logger;
import io.github.kameleoonservlet.decision.Reason;
import io.github.kameleoonservlet.decision.Variation;
import io.github.kameleoonservlet.identity.VisitorCode;
import io.github.kameleoonservlet.internal.decision.PlatformSettings;
import io.github.kameleoonservlet.internal.targeting.RequestFacts;
import io.github.kameleoonservlet.internal.targeting.TargetingSettings;
import io.github.kameleoonservlet.internal.targeting.TestFacts;
import io.github.kameleoonservlet.testing.RecordedLog;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests decisions of the real SDK from a file, in process. */
class OfflineDecisionTest {

  private static final Set<String> FLAGS =
      Set.of("checkout-layout", "free-shipping", "winter-sale", "search", "recommendations");

  private final List<KameleoonDecisionProvider> opened = new ArrayList<>();

  @TempDir Path directory;

  private KameleoonDecisionProvider open(Path dataFile) {
    KameleoonDecisionProvider provider =
        SdkStart.open(PlatformSettings.offline(dataFile.toString()), TargetingSettings.NONE);
    opened.add(provider);
    return provider;
  }

  @AfterEach
  void closeAll() {
    opened.forEach(KameleoonDecisionProvider::close);
  }

  private static List<VisitorCode> visitors(int count) {
    return IntStream.range(0, count).mapToObj(i -> new VisitorCode("visitor-" + i)).toList();
  }

  private static List<String> sent(KameleoonDecisionProvider provider) {
    return provider.offlineTraffic().orElseThrow().sentLines().stream()
        .map(line -> line.replaceAll("nonce=[0-9A-F]+", "nonce=N"))
        .toList();
  }

  @Test
  void featureKeys_soundFile_containEveryFlag() {
    assertThat(open(DataFiles.SOUND).featureKeys()).isEqualTo(FLAGS);
  }

  @Test
  void decision_experiment_assignsBothVariationsWithIds() {
    KameleoonDecisionProvider provider = open(DataFiles.SOUND);
    Map<String, Integer> arms = new HashMap<>();
    for (VisitorCode visitor : visitors(200)) {
      Variation variation = provider.decide(visitor, "checkout-layout", true, RequestFacts.none());
      assertThat(variation.getReason()).isEqualTo(Reason.ASSIGNED);
      assertThat(variation.isActive()).isTrue();
      assertThat(variation.getExperimentId()).isEqualTo(2101);
      assertThat(variation.getId()).isEqualTo("control".equals(variation.getKey()) ? 3101 : 3102);
      arms.merge(variation.getKey(), 1, Integer::sum);
    }
    assertThat(arms).containsOnlyKeys("control", "treatment");
    assertThat(arms.values()).allMatch(count -> count > 70);
  }

  @Test
  void variables_ofDecision_arePlainJavaObjects() {
    Variation variation =
        open(DataFiles.SOUND)
            .decide(new VisitorCode("somebody"), "checkout-layout", false, RequestFacts.none());
    Map<String, Object> layout = new HashMap<>();
    layout.put("text", "Zo\u00eb \"quoted\" \\ / \n\t\u0001 \ud83e\udd8e");
    layout.put("int", 7);
    layout.put("long", 9_007_199_254_740_993L);
    layout.put("huge", new BigInteger("12345678901234567890123"));
    layout.put("decimal", 1.25);
    layout.put("exponent", 1500.0);
    layout.put("negative", -3);
    layout.put("yes", true);
    layout.put("no", false);
    layout.put("nothing", null);
    layout.put("empty", Map.of());
    layout.put(
        "list", Arrays.asList(1, "two", Arrays.asList(3.5, null), Map.of("deep", List.of("x"))));
    assertThat(variation.getVariables())
        .isEqualTo(
            Map.of(
                "title",
                "Arm " + variation.getKey(),
                "columns",
                4,
                "ratio",
                0.5,
                "sticky",
                true,
                "layout",
                layout,
                "tags",
                List.of("a", 1, false)));
  }

  @Test
  void decision_targetedDelivery_isAssigned() {
    Variation variation =
        open(DataFiles.SOUND)
            .decide(new VisitorCode("somebody"), "free-shipping", true, RequestFacts.none());
    assertThat(variation.getKey()).isEqualTo("on");
    assertThat(variation.getId()).isEqualTo(3201);
    assertThat(variation.getExperimentId()).isEqualTo(2201);
    assertThat(variation.getReason()).isEqualTo(Reason.ASSIGNED);
  }

  @Test
  void code_withSpecialCharacters_isSentPercentEncoded() {
    KameleoonDecisionProvider provider = open(DataFiles.SOUND);
    provider.trackConversion(new VisitorCode("auth0|a+b/c:d@e~f._-"), 7, 0, RequestFacts.none());
    provider.close();

    assertThat(sent(provider))
        .singleElement()
        .asString()
        .endsWith("&visitorCode=auth0%7Ca%2Bb%2Fc%3Ad%40e~f._-");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void decision_disabledOrUnknownFlag_isOffWithReason(boolean exposure) {
    KameleoonDecisionProvider provider = open(DataFiles.SOUND);
    VisitorCode visitor = new VisitorCode("somebody");
    Variation disabled = provider.decide(visitor, "winter-sale", exposure, RequestFacts.none());
    Variation unknown = provider.decide(visitor, "no-such-flag", exposure, RequestFacts.none());
    assertThat(disabled.getReason()).isEqualTo(Reason.DISABLED);
    assertThat(unknown.getReason()).isEqualTo(Reason.NOT_FOUND);
    assertThat(List.of(disabled, unknown)).allMatch(v -> v.getKey().equals("off"));
  }

  @Test
  void decision_noRuleApplies_isDefaultWithVariables() {
    KameleoonDecisionProvider provider = open(DataFiles.SOUND);
    Variation variation =
        visitors(50).stream()
            .map(visitor -> provider.decide(visitor, "search", true, RequestFacts.none()))
            .filter(v -> v.getReason() == Reason.DEFAULT)
            .findFirst()
            .orElseThrow();
    assertThat(variation.getKey()).isEqualTo("classic");
    assertThat(variation.getId()).isNull();
    assertThat(variation.getExperimentId()).isNull();
    assertThat(variation.getVariables()).isEqualTo(Map.of("engine", "lucene"));
  }

  @Test
  void decision_variationNamedOff_isAssignedAndNotActive() {
    KameleoonDecisionProvider provider = open(DataFiles.SOUND);
    Set<String> kinds = new TreeSet<>();
    for (VisitorCode visitor : visitors(100)) {
      Variation variation = provider.decide(visitor, "recommendations", true, RequestFacts.none());
      kinds.add(variation.getKey() + " " + variation.getReason() + " " + variation.getId());
    }
    assertThat(kinds)
        .containsExactly("grid ASSIGNED 3502", "off ASSIGNED 3501", "off DEFAULT null");
  }

  @Test
  void decision_withoutExposure_isEqualAndSendsNothing() {
    KameleoonDecisionProvider silent = open(DataFiles.SOUND);
    KameleoonDecisionProvider tracking = open(DataFiles.SOUND);
    for (VisitorCode visitor : visitors(500)) {
      for (String flag : FLAGS) {
        assertThat(silent.decide(visitor, flag, false, RequestFacts.none()))
            .usingRecursiveComparison()
            .isEqualTo(tracking.decide(visitor, flag, true, RequestFacts.none()));
      }
    }
    silent.close();
    tracking.close();
    assertThat(sent(silent)).isEmpty();
    assertThat(sent(tracking)).hasSizeGreaterThan(500);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void decision_readOnce_evaluatesFeatureOnce(boolean exposure) {
    List<String> lines = new CopyOnWriteArrayList<>();
    KameleoonDecisionProvider provider = open(DataFiles.SOUND);
    Logger bridge = KameleoonLogger.getLogger();
    LogLevel level = KameleoonLogger.getLogLevel();
    try {
      KameleoonLogger.setLogger((at, line) -> lines.add(line));
      KameleoonLogger.setLogLevel(LogLevel.DEBUG);
      provider.decide(
          new VisitorCode("somebody"), "checkout-layout", exposure, RequestFacts.none());
    } finally {
      KameleoonLogger.setLogger(bridge);
      KameleoonLogger.setLogLevel(level);
    }
    provider.close();

    assertThat(lines)
        .filteredOn(line -> line.contains("CALL: "))
        .filteredOn(line -> line.contains("calculateVariationRuleForFeature("))
        .hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"broken", "untyped"})
  void decision_sdkThrowsUnchecked_isErrorForThatFlagOnly(String flag) {
    KameleoonDecisionProvider provider = open(DataFiles.BROKEN_RULE);
    VisitorCode visitor = new VisitorCode("somebody");
    for (boolean exposure : new boolean[] {true, false}) {
      assertThat(provider.decide(visitor, flag, exposure, RequestFacts.none()).getReason())
          .isEqualTo(Reason.ERROR);
      assertThat(provider.decide(visitor, "sound", exposure, RequestFacts.none()).getKey())
          .isEqualTo("on");
    }
  }

  @Test
  void decision_failsRepeatedly_logsOncePerKeyAndReasonWithoutCode() {
    try (RecordedLog log = new RecordedLog(KameleoonDecisionProvider.class.getName(), Level.INFO)) {
      KameleoonDecisionProvider provider = open(DataFiles.BROKEN_RULE);
      for (VisitorCode visitor : visitors(20)) {
        provider.decide(visitor, "broken", true, RequestFacts.none());
        provider.decide(visitor, "no-such-flag\r\nFAKE LINE", true, RequestFacts.none());
      }
      assertThat(log.messages(Level.INFO)).hasSize(2).noneMatch(line -> line.contains("visitor-"));
      assertThat(log.messages(Level.INFO).get(1))
          .contains("no-such-flag??FAKE")
          .doesNotContain("\n");
    }
  }

  @Test
  void decision_afterClose_isNotReady() {
    KameleoonDecisionProvider provider = open(DataFiles.SOUND);
    provider.close();
    provider.close();
    VisitorCode visitor = new VisitorCode("somebody");
    provider.trackConversion(visitor, 1, 2, RequestFacts.none());
    assertThat(provider.decide(visitor, "search", true, RequestFacts.none()).getReason())
        .isEqualTo(Reason.NOT_READY);
    assertThat(provider.featureKeys()).isEmpty();
    assertThat(provider.engineTrackingCode(visitor)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.NEGATIVE_INFINITY, 1e300})
  void conversion_revenueNotFiniteFloat_isSentWithoutRevenue(double revenue) {
    KameleoonDecisionProvider provider = open(DataFiles.SOUND);
    provider.trackConversion(new VisitorCode("buyer"), 42, revenue, RequestFacts.none());
    provider.close();

    assertThat(sent(provider))
        .containsExactly(
            "eventType=conversion&goalId=42&revenue=0.000000&negative=false&nonce=N&visitorCode=buyer");
  }

  @Test
  void events_beforeClose_areDeliveredInExpectedForm() {
    KameleoonDecisionProvider provider = open(DataFiles.SOUND);
    VisitorCode buyer = new VisitorCode("buyer");
    RequestFacts facts = TestFacts.NONE.withUserAgent("Mozilla/5.0 (X11)");
    provider.decide(buyer, "free-shipping", true, facts);
    provider.trackConversion(buyer, 42, 12.5, facts);
    provider.addCustomData(new VisitorCode("guest"), 1, List.of("a b", "c&d"), RequestFacts.none());
    provider.close();
    assertThat(sent(provider))
        .containsExactlyInAnyOrder(
            "eventType=conversion&goalId=42&revenue=12.500000&negative=false&nonce=N&visitorCode=buyer"
                + "&userAgent=Mozilla%2F5.0%20(X11)",
            "eventType=experiment&id=2201&variationId=3201&nonce=N&visitorCode=buyer",
            "eventType=customData&index=1&valuesCountMap=%7B%22a%20b%22%3A1%2C%22c%26d%22%3A1%7D"
                + "&overwrite=true&nonce=N&visitorCode=guest");
  }

  @Test
  void sentLines_moreThanThousand_keepLastThousand() {
    KameleoonDecisionProvider provider = open(DataFiles.SOUND);
    for (VisitorCode visitor : visitors(1_500)) {
      provider.trackConversion(visitor, 1, 0, RequestFacts.none());
    }
    provider.close();
    assertThat(sent(provider)).hasSize(OfflineTraffic.LINES_KEPT);
  }

  @Test
  void engineTrackingCode_afterDecision_namesExperiment() {
    KameleoonDecisionProvider provider = open(DataFiles.SOUND);
    VisitorCode visitor = new VisitorCode("somebody");
    assertThat(provider.engineTrackingCode(visitor)).doesNotContain("2201");
    provider.decide(visitor, "free-shipping", true, RequestFacts.none());
    assertThat(provider.engineTrackingCode(visitor)).contains("2201,3201");
  }

  @Test
  void close_afterUse_leavesNoThread() {
    Set<Thread> before = Thread.getAllStackTraces().keySet();
    KameleoonDecisionProvider provider = open(DataFiles.SOUND);
    provider.decide(new VisitorCode("somebody"), "search", true, RequestFacts.none());
    assertThat(Thread.getAllStackTraces().keySet()).anyMatch(thread -> !before.contains(thread));
    provider.close();
    Threads.assertNoneBut(before);
  }

  @Test
  void open_fileWithoutFlags_isReady() throws Exception {
    Path file = directory.resolve("empty.json");
    Files.writeString(
        file,
        "{\"configuration\":{\"consentType\":\"NOT_REQUIRED\"},\"customData\":[],\"featureFlags\":[]}");
    assertThat(
            open(file)
                .decide(new VisitorCode("somebody"), "any", true, RequestFacts.none())
                .getReason())
        .isEqualTo(Reason.NOT_FOUND);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "[]", "{}", "no respoolTime"})
  void open_malformedFile_namesFileAndCause(String text) throws Exception {
    Set<Thread> before = Thread.getAllStackTraces().keySet();
    Path file = directory.resolve("bad.json");
    Files.writeString(
        file,
        text.startsWith("no ")
            ? DataFiles.sound().replace("\"" + text.substring(3) + "\": null,", "")
            : text);
    assertThatThrownBy(() -> open(file))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("dataFile: the SDK refuses " + file + ": Failed to ");
    Threads.assertNoneBut(before);
  }

  @Test
  void open_missingFile_namesFile() {
    Path file = directory.resolve("missing.json");
    assertThatThrownBy(() -> open(file))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("dataFile: cannot read %s: java.nio.file.NoSuchFileException: %s", file, file);
  }
}
