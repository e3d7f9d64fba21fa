package io.github.kameleoonservlet.internal.kameleoon;

import static org.assertj.core.api.Assertions.assertThat;

import com.kameleoon.KameleoonClient;
import com.kameleoon.data.manager.Visitor;
import com.kameleoon.data.manager.VisitorManager;
import com.kameleoon.targeting.TargetingManager;
import com.kameleoon.targeting.TargetingManagerImpl;
import com.kameleoon.targeting.condition.TargetingConditionType;
import io.github.kameleoonservlet.decision.Reason;
import io.github.kameleoonservlet.decision.Variation;
import io.github.kameleoonservlet.internal.decision.PlatformSettings;
import io.github.kameleoonservlet.internal.targeting.BrowserType;
import io.github.kameleoonservlet.internal.targeting.DeviceType;
import io.github.kameleoonservlet.internal.targeting.OperatingSystem;
import io.github.kameleoonservlet.internal.targeting.TestFacts;
import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests the targeting manager in a client of the unmodified SDK. */
class RequestTargetingTest {

  private static final int REQUESTS = 10_000;

  private final LogBridge log = LogBridge.install();
  private OfflineNetwork network;
  private SdkClient client;

  @BeforeEach
  void open() {
    PlatformSettings settings = PlatformSettings.offline(DataFiles.EVERY_CONDITION.toString());
    network = OfflineNetwork.open(settings.dataFile());
    client = SdkClients.offline(SdkConfig.of(settings), network, log);
  }

  @AfterEach
  void close() {
    client.close(Duration.ofSeconds(2));
    log.close();
  }

  private static Object read(KameleoonClient client, String name)
      throws ReflectiveOperationException {
    Field field = client.getClass().getDeclaredField(name);
    field.setAccessible(true);
    return field.get(client);
  }

  private TargetingManager manager() throws ReflectiveOperationException {
    return (TargetingManager) read(client.sdk(), "targetingManager");
  }

  @Test
  void dataFile_ofTests_containsEveryConditionType() throws IOException {
    String dataFile = Files.readString(DataFiles.EVERY_CONDITION);

    assertThat(Stream.of(TargetingConditionType.values()).map(Enum::name))
        .filteredOn(type -> !type.equals("UNKNOWN"))
        .allSatisfy(type -> assertThat(dataFile).contains("\"targetingType\": \"" + type + '"'));
    assertThat(dataFile).contains("WEATHER");
  }

  @Test
  void condition_metByRequest_isMet() throws Exception {
    for (String feature : client.sdk().getFeatureList()) {
      assertThat(client.decide("somebody", feature, false, TestFacts.PHONE_ON_CART))
          .as(feature)
          .extracting(Variation::getReason)
          .isEqualTo(Reason.ASSIGNED);
    }
  }

  @Test
  void requests_manyOfOneVisitor_leaveNothingInSdk() throws Exception {
    List<String> features = client.sdk().getFeatureList();
    for (int i = 0; i < REQUESTS; i++) {
      TestFacts facts =
          TestFacts.PHONE_ON_CART
              .withPage("https://shop.example/page/" + i)
              .withCookies(Map.of("theme", "t" + i));
      client.decide("somebody", features.get(i % features.size()), true, facts);
    }

    Visitor visitor =
        ((VisitorManager) read(client.sdk(), "visitorManager")).getVisitor("somebody");
    assertThat(visitor.getPageViewVisits()).isNullOrEmpty();
    assertThat(visitor.getPageViews()).isEmpty();
    assertThat(visitor.getBrowser()).isNull();
    assertThat(visitor.getDevice()).isNull();
    assertThat(visitor.getOperatingSystem()).isNull();
    assertThat(visitor.getCookie()).isNull();
    assertThat(visitor.getGeolocation()).isNull();
    assertThat(visitor.getCustomData()).isNullOrEmpty();
    assertThat(visitor.getAssignedVariations()).isNotEmpty();
    assertThat(network.sentLines())
        .noneMatch(line -> line.matches(".*eventType=(page|static|cust|geo).*"));
  }

  @Test
  void devices_ofOneVisitorAtOnce_getSeparateDecisions() {
    TestFacts phone = TestFacts.PHONE_ON_CART;
    TestFacts desktop =
        TestFacts.NONE
            .withPage("https://shop.example/home")
            .withBrowser(BrowserType.CHROME, 120f, OperatingSystem.WINDOWS, DeviceType.DESKTOP);
    AtomicInteger wrong = new AtomicInteger();

    IntStream.range(0, 4)
        .parallel()
        .forEach(
            thread -> {
              boolean isPhone = thread % 2 == 0;
              for (int i = 0; i < REQUESTS / 4; i++) {
                String feature = i % 2 == 0 ? "device-type" : "page-url";
                if (decide(feature, isPhone ? phone : desktop) != isPhone) {
                  wrong.incrementAndGet();
                }
              }
            });

    assertThat(wrong).hasValue(0);
  }

  private boolean decide(String feature, TestFacts facts) {
    try {
      return client.decide("somebody", feature, true, facts).getKey().equals("on");
    } catch (com.kameleoon.KameleoonException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void sdkCall_ofApplication_isDecidedBySdkAlone() throws Exception {
    String before = client.sdk().getFeatureVariationKey("somebody", "weather");
    client.decide("somebody", "weather", true, TestFacts.NONE);

    // The SDK alone treats an unknown condition as met.
    assertThat(before).isEqualTo("on");
    assertThat(client.decide("somebody", "weather", true, TestFacts.NONE).getKey())
        .isEqualTo("off");
    assertThat(client.sdk().getFeatureVariationKey("somebody", "weather")).isEqualTo("on");
    assertThat(client.sdk().getFeatureVariationKey("somebody", "device-type")).isEqualTo("off");
  }

  @Test
  void managers_ofSeveralApplications_areRemovedInAnyOrder() throws Exception {
    for (int first = 0; first < 3; first++) {
      List<SdkInternals> others =
          List.of(
              new SdkInternals(client.sdk(), 100),
              new SdkInternals(client.sdk(), 100),
              new SdkInternals(client.sdk(), 100));
      TargetingManager last = manager();
      for (int i = 0; i < others.size(); i++) {
        others.get((first + i) % others.size()).release();
        assertThat(client.decide("somebody", "device-type", true, TestFacts.PHONE_ON_CART).getKey())
            .as(String.format(Locale.ROOT, "%d of %d", i, first))
            .isEqualTo("on");
      }
      assertThat(manager()).isNotSameAs(last).isInstanceOf(RequestTargeting.class);
    }
    client.close(Duration.ofSeconds(2));

    assertThat(manager()).isExactlyInstanceOf(TargetingManagerImpl.class);
  }

  /** A client that other code has stopped decides until the next client is ready. */
  @Test
  void stoppedClient_requestInProgress_decides() throws Exception {
    client.stop();

    assertThat(client.decide("somebody", "device-type", true, TestFacts.PHONE_ON_CART).getKey())
        .isEqualTo("on");
  }

  @Test
  void emptyGroups_anyCondition_areEvaluatedAsBySdk(@TempDir Path folder) throws Exception {
    String never =
        "{\"id\":1,\"targetingType\":\"PAGE_URL\",\"url\":\"/never\",\"matchType\":\"CONTAINS\",\"isInclude\":true}";
    SegmentedFile file =
        new SegmentedFile()
            .rule("empty-and-empty", "", groups("[false]", "", ""))
            .rule("empty-or-never", "", groups("[true]", "", never))
            .rule("never-or-empty", "", groups("[true]", never, ""))
            .rule("never-and-empty", "", groups("[false]", never, ""))
            .rule("one-group-two-operators", "", groups("[true]", never));
    PlatformSettings settings = PlatformSettings.offline(file.in(folder).toString());
    SdkClient other =
        SdkClients.offline(SdkConfig.of(settings), OfflineNetwork.open(settings.dataFile()), log);
    List<String> ours = new ArrayList<>();
    List<String> sdks = new ArrayList<>();
    for (String feature : other.sdk().getFeatureList()) {
      ours.add(feature + " " + other.decide("v", feature, false, TestFacts.NONE).getKey());
      sdks.add(feature + " " + other.sdk().getFeatureVariationKey("v", feature));
    }
    other.close(Duration.ofSeconds(1));

    assertThat(ours).hasSize(5).containsExactlyElementsOf(sdks);
  }

  private static String groups(String operators, String... conditions) {
    return "{\"conditionsData\":{\"firstLevelOrOperators\":%s,\"firstLevel\":[%s]}}"
        .formatted(
            operators,
            Stream.of(conditions)
                .map(group -> "{\"orOperators\":[],\"conditions\":[" + group + "]}")
                .collect(Collectors.joining(",")));
  }
}
