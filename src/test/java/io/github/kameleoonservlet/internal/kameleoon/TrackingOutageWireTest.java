package io.github.kameleoonservlet.internal.kameleoon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import io.github.kameleoonservlet.decision.Reason;
import io.github.kameleoonservlet.identity.VisitorCode;
import io.github.kameleoonservlet.internal.targeting.RequestFacts;
import io.github.kameleoonservlet.internal.targeting.TargetingSettings;
import io.github.kameleoonservlet.testing.RecordedLog;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Tests the unmodified SDK with a platform that accepts no events for a time. */
class TrackingOutageWireTest {

  private static final int VISITORS = 40;

  private final RecordedLog log = new RecordedLog("io.github.kameleoonservlet", Level.INFO);
  private final RecordedLog sdkLog = new RecordedLog("com.kameleoon", Level.INFO);
  private final List<String> expected = new ArrayList<>();
  private Platform platform = new Platform(0);
  private final KameleoonDecisionProvider provider =
      SdkStart.open(platform.settings(Platform.SITE, 2_000), TargetingSettings.NONE);

  @AfterEach
  void closeAll() {
    provider.close();
    platform.close();
    log.close();
    sdkLog.close();
  }

  private void awaitReady() {
    VisitorCode silent = new VisitorCode("silent");
    await()
        .until(
            () ->
                provider.decide(silent, "free-shipping", false, RequestFacts.none()).getReason()
                    == Reason.ASSIGNED);
  }

  /** Sends an exposure, a conversion and custom data for each of some visitors. */
  private void send(String phase) {
    for (int i = 0; i < VISITORS; i++) {
      String code = phase + "-" + i;
      VisitorCode visitor = new VisitorCode(code);
      provider.decide(visitor, "free-shipping", true, RequestFacts.none());
      provider.trackConversion(visitor, 7, i, RequestFacts.none());
      provider.addCustomData(visitor, 1, List.of("gold"), RequestFacts.none());
      expected.add("eventType=experiment&id=2201&variationId=3201&nonce=N&visitorCode=" + code);
      expected.add(
          "eventType=conversion&goalId=7&revenue=%d.000000&negative=false&nonce=N&visitorCode=%s"
              .formatted(i, code));
      expected.add(
          "eventType=customData&index=1&valuesCountMap=%7B%22gold%22%3A1%7D&overwrite=true&nonce=N"
              + "&visitorCode="
              + code);
    }
  }

  @Test
  void tracking_failsInSeveralWays_deliversEachEventOnce() {
    awaitReady();
    platform.tracking(401);
    send("rejected");
    await().until(() -> platform.answered(401) >= 2);
    platform.tracking(500);
    send("failing");
    await().until(() -> platform.answered(500) >= 2);
    int port = platform.port();
    platform.close();
    send("refused");
    await()
        .until(
            () ->
                sdkLog.messages(Level.WARN).stream()
                    .anyMatch(line -> line.contains("HttpHostConnectException")));
    platform = new Platform(port);
    await().until(() -> platform.lines().size() >= expected.size());
    provider.close();

    assertThat(platform.lines()).containsExactlyInAnyOrderElementsOf(expected);
    assertThat(log.messages(Level.WARN)).noneMatch(line -> line.contains("events"));
    assertThat(sdkLog.messages(Level.INFO)).doesNotHaveDuplicates().hasSizeLessThan(20);
    System.out.printf(
        "Tracking answered 401, then 500, then refused: of %d events %d arrived, each once; %d"
            + " lines in the log%n",
        expected.size(), platform.lines().size(), sdkLog.messages(Level.INFO).size());
  }

  @Test
  void tracking_acceptedWithoutResponse_isSentAgainWithSameNonce() {
    awaitReady();
    platform.trackingUnanswered();
    send("unanswered");
    await().until(() -> linesByNonce().size() == expected.size());
    platform.tracking(200);
    await().until(() -> linesByNonce().values().stream().allMatch(times -> times > 1));
    provider.close();

    assertThat(linesByNonce()).as("no second nonce for any event").hasSize(expected.size());
  }

  /** Returns how often the platform received each line, with its nonce. */
  private Map<String, Long> linesByNonce() {
    return platform.events().stream()
        .flatMap(event -> event.getRequest().getBodyAsString().lines())
        .collect(Collectors.groupingBy(line -> line, Collectors.counting()));
  }
}
