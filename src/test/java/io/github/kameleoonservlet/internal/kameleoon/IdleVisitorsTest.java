package io.github.kameleoonservlet.internal.kameleoon;

import static io.github.kameleoonservlet.internal.kameleoon.SegmentedFile.condition;
import static io.github.kameleoonservlet.internal.kameleoon.SegmentedFile.segment;
import static org.assertj.core.api.Assertions.assertThat;

import com.kameleoon.data.CustomData;
import com.kameleoon.data.manager.Visitor;
import com.kameleoon.managers.tracking.TrackingManager;
import com.kameleoon.network.netprovider.NetProvider;
import io.github.kameleoonservlet.identity.VisitorCode;
import io.github.kameleoonservlet.internal.decision.PlatformSettings;
import io.github.kameleoonservlet.internal.targeting.TargetingSettings;
import io.github.kameleoonservlet.internal.targeting.TestFacts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests the SDK's memory while more visitors arrive than the library remembers. */
class IdleVisitorsTest {

  private static final int REMEMBERED = 10;
  private static final String FEATURE = "split";
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final Set<String> lines = ConcurrentHashMap.newKeySet();
  private final AtomicBoolean down = new AtomicBoolean();
  private final AtomicInteger refused = new AtomicInteger();
  private final LogBridge log = LogBridge.install();
  private SdkClient client;
  private KameleoonDecisionProvider provider;
  private Map<String, Visitor> visitors;

  @TempDir private Path folder;

  @BeforeEach
  void open() throws Exception {
    open(null);
  }

  private void open(String otherFeature) throws Exception {
    SegmentedFile file = new SegmentedFile().feature(FEATURE).feature("phones", PHONES);
    if (otherFeature != null) {
      file.rule("other", "", segment("", otherFeature));
    }
    // The shortest interval that the SDK allows, because each test waits for one interval.
    Path sdk =
        Files.writeString(folder.resolve("sdk.properties"), "tracking_interval_millisecond=100");
    String dataFile = file.in(folder).toString();
    PlatformSettings settings =
        new PlatformSettings(
            null, null, null, null, null, null, null, sdk.toString(), dataFile, REMEMBERED);
    OfflineNetwork network = OfflineNetwork.open(settings.dataFile());
    NetProvider listening =
        WatchedNetwork.around(
            network,
            (request, answer) -> {
              if (down.get()) {
                refused.incrementAndGet();
                // A thrown exception would end the SDK's timer.
                answer.failed(new IOException("no network"));
                return false;
              }
              lines.addAll(List.of(request.getBodyText().split("\n")));
              return true;
            });
    SdkConfig config = SdkConfig.of(settings);
    client = SdkClients.own(config, listening);
    provider =
        SdkStart.with(
            client,
            config,
            null,
            new TargetingTasks(TargetingSettings.NONE, new SdkFailures(), 60_000, false),
            log);
    visitors = memory(client);
  }

  private static final String PHONES = condition("DEVICE_TYPE", "\"device\":\"PHONE\"");

  @SuppressWarnings("unchecked")
  private static Map<String, Visitor> memory(SdkClient client) throws Exception {
    return (Map<String, Visitor>)
        SdkInternals.read(SdkInternals.read(client.sdk(), "visitorManager"), "visitors");
  }

  @AfterEach
  void close() {
    down.set(false);
    provider.close();
  }

  private void read(String code) {
    read(code, FEATURE);
  }

  private void read(String code, String feature) {
    provider.decide(new VisitorCode(code), feature, true, facts(code));
  }

  private static TestFacts facts(String code) {
    return TestFacts.NONE.withUserAgent("Browser/1 of " + code);
  }

  private void strangers(int count, String feature) {
    for (int i = 0; i < count; i++) {
      read("stranger-" + i, feature);
    }
  }

  /**
   * Reads as other visitors until the library has removed a visitor. The ten that stay are not
   * always the newest, because the scheduled task may have moved them.
   */
  private void strangersUntilRemoved(String code) {
    for (int round = 1; visitors.containsKey(code); round++) {
      assertThat(round).isLessThan(100);
      for (int i = 0; i < 2 * REMEMBERED; i++) {
        read("stranger-" + round + "-" + i);
      }
      Awaitility.await().atMost(PATIENCE).until(() -> client.internals().undelivered() == 0);
      removeAfter(Duration.ofMinutes(1));
    }
  }

  /** Removes visitors who were idle for a time, as the scheduled task does. */
  private void removeAfter(Duration idle) {
    client.internals().idleVisitors().remove(System.currentTimeMillis() + idle.toMillis());
  }

  private void awaitSent(int count) {
    Awaitility.await().atMost(PATIENCE).until(() -> exposures() == count);
    // The SDK marks events as delivered when the response has arrived.
    Awaitility.await().atMost(PATIENCE).until(() -> client.internals().undelivered() == 0);
  }

  private long exposures() {
    return lines.stream().filter(line -> line.startsWith("eventType=experiment")).count();
  }

  @Test
  void anonymousVisitors_exposuresSent_areRemovedByScheduledTask() {
    strangers(3_000, FEATURE);

    Awaitility.await().atMost(PATIENCE).until(() -> visitors.size() <= REMEMBERED);
    assertThat(exposures()).isEqualTo(3_000);
    assertThat(client.internals().idleVisitors().knownVisitors()).isLessThanOrEqualTo(REMEMBERED);
  }

  @Test
  void anonymousVisitors_notTargeted_areRemovedAfterActivityIsSent() throws Exception {
    TrackingManager tracking = (TrackingManager) SdkInternals.read(client.sdk(), "trackingManager");
    // Only ends the timer of the SDK.
    tracking.cleanup();
    strangers(100, "phones");
    removeAfter(Duration.ofMinutes(1));
    assertThat(visitors).hasSize(100);

    tracking.trackAll();
    Awaitility.await().atMost(PATIENCE).until(() -> lines.size() == 100);
    assertThat(lines).allMatch(line -> line.startsWith("eventType=activity"));
    assertThat(lines).allMatch(line -> line.contains("userAgent=Browser"));
    removeAfter(Duration.ofMinutes(1));
    assertThat(visitors).hasSize(REMEMBERED);
  }

  @Test
  void exposures_notDelivered_keepVisitors() {
    down.set(true);
    strangers(100, FEATURE);
    Awaitility.await().atMost(PATIENCE).until(() -> refused.get() > 0);
    removeAfter(Duration.ofMinutes(1));
    assertThat(visitors).hasSize(100);

    down.set(false);
    awaitSent(100);
    removeAfter(Duration.ofMinutes(1));
    assertThat(visitors).hasSize(REMEMBERED);
  }

  @Test
  void visitor_returnsAfterRemoval_isSentWithUserAgent() {
    read("regular");
    strangersUntilRemoved("regular");
    lines.clear();

    read("regular");

    awaitSent(1);
    assertThat(lines)
        .singleElement()
        .asString()
        .contains("visitorCode=regular")
        .contains("userAgent=Browser");
  }

  @Test
  void visitor_removedByOtherApplication_isSentWithUserAgent() {
    read("regular");
    visitors.remove("regular");

    read("regular");

    assertThat(visitors.get("regular").getUserAgent()).isEqualTo("Browser/1 of regular");
  }

  @Test
  void visitors_withCustomData_stay() throws Exception {
    read("custom");
    client.sdk().addData("custom", new CustomData(1, "gold"));
    client.sdk().flush("custom");
    read("converted");
    client.sdk().trackConversion("converted", 7, 0);
    read("consented");
    client.sdk().setLegalConsent("consented", true);
    strangers(100, FEATURE);
    awaitSent(103);

    removeAfter(Duration.ofMinutes(1));

    assertThat(visitors).hasSize(REMEMBERED).containsKeys("custom", "converted", "consented");
  }

  @Test
  void consentedVisitor_returnsAfterRemoval_hasConsentAndUserAgent() {
    TestFacts facts = facts("agreed").withConsent();
    provider.decide(new VisitorCode("agreed"), FEATURE, true, facts);
    strangersUntilRemoved("agreed");

    read("agreed");

    assertThat(visitors.get("agreed").getLegalConsent()).isTrue();
    assertThat(visitors.get("agreed").getUserAgent()).isEqualTo("Browser/1 of agreed");
  }

  @Test
  void visitors_ofLastFiveSeconds_stayForEngineTrackingCode() {
    strangersWithoutTimer(2 * REMEMBERED);

    client.internals().idleVisitors().remove(oldest() + 4_999);
    assertThat(visitors).hasSize(2 * REMEMBERED);
    client.internals().idleVisitors().remove(newest() + 5_000);
    assertThat(visitors).hasSize(REMEMBERED);
  }

  @Test
  void visitors_moreThan20000_stayForOneSecond() {
    strangersWithoutTimer(20_010);

    client.internals().idleVisitors().remove(oldest() + 999);
    assertThat(visitors).hasSize(20_010);
    client.internals().idleVisitors().remove(newest() + 1_000);
    // Fewer visitors stay if the first one is five seconds older than the last one.
    assertThat(visitors).hasSizeLessThanOrEqualTo(20_000);
  }

  /**
   * Reads as visitors whom the SDK's timer must not remove; the thread of the test may remove them.
   */
  private void strangersWithoutTimer(int count) {
    Thread test = Thread.currentThread();
    client
        .internals()
        .idleVisitors()
        .restoreWith(
            new IdleVisitors.Restorer() {
              @Override
              public boolean canRestore(String code, boolean consented) {
                return Thread.currentThread() == test;
              }

              @Override
              public void restore(String code) {
                // Nothing to restore, because each visitor has a User-Agent.
              }
            });
    strangers(count, FEATURE);
    awaitSent(count);
  }

  private long oldest() {
    return visitors.values().stream().mapToLong(Visitor::getLastActivityDateTime).min().orElse(0);
  }

  private long newest() {
    return visitors.values().stream().mapToLong(Visitor::getLastActivityDateTime).max().orElse(0);
  }

  @Test
  void dataFile_conditionOnAssignedVariations_keepsAllVisitors() throws Exception {
    close();
    open(condition("TARGET_FEATURE_FLAG", "\"featureFlagId\":1"));
    strangers(100, FEATURE);
    awaitSent(100);

    removeAfter(Duration.ofMinutes(1));

    assertThat(visitors).hasSize(100);

    // The sessions of the visitors have ended.
    visitors.clear();
    removeAfter(Duration.ofMinutes(1));

    assertThat(client.internals().idleVisitors().knownVisitors()).isEqualTo(REMEMBERED);
  }

  @Test
  void visitors_sessionOver_areNotCounted() {
    strangers(100, FEATURE);
    visitors.clear();

    removeAfter(Duration.ZERO);

    assertThat(client.internals().idleVisitors().knownVisitors()).isEqualTo(REMEMBERED);
  }
}
