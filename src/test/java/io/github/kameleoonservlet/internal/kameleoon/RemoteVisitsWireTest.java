package io.github.kameleoonservlet.internal.kameleoon;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import io.github.kameleoonservlet.decision.Reason;
import io.github.kameleoonservlet.identity.VisitorCode;
import io.github.kameleoonservlet.internal.targeting.RequestFacts;
import io.github.kameleoonservlet.internal.targeting.TargetingSettings;
import io.github.kameleoonservlet.testing.RecordedLog;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Tests remote visitor data with the unmodified SDK and a platform on loopback. */
class RemoteVisitsWireTest {

  private static final Duration SOON = Duration.ofSeconds(60);
  private static final VisitorCode VISITOR = new VisitorCode("somebody");
  private static final String RETURNING =
      "{\"targetingType\":\"NEW_VISITORS\",\"isInclude\":true,\"visitorType\":\"RETURNING\"}";
  private static final String PHONE =
      "{\"targetingType\":\"DEVICE_TYPE\",\"isInclude\":true,\"device\":\"PHONE\"}";
  private static final String ONE_VISIT =
      "{\"currentVisit\":{\"timeStarted\":1700000000000},"
          + "\"previousVisits\":[{\"timeStarted\":1600000000000}]}";

  private final Platform platform = new Platform(0);
  private final RecordedLog log = new RecordedLog("io.github.kameleoonservlet", Level.INFO);
  private KameleoonDecisionProvider provider;

  @AfterEach
  void close() {
    provider.close();
    platform.close();
    log.close();
  }

  private void open(String condition, boolean remote) {
    platform.configuration(okJson(new SegmentedFile().feature("back", condition).toString()));
    platform.visitorData(okJson(ONE_VISIT));
    provider =
        SdkStart.open(
            platform.settings(),
            new TargetingSettings(false, false, Set.of(), remote, false, false));
    await()
        .atMost(SOON)
        .until(
            () ->
                provider.decide(VISITOR, "back", false, RequestFacts.none()).getReason()
                    != Reason.NOT_READY);
    // One request of the SDK, and one of the data file doctor.
    await().atMost(SOON).until(() -> platform.configurationRequests() == 2);
  }

  /** Returns the facts of a request, with an empty memory. */
  private static RequestFacts request() {
    Map<Object, Object> memory = new HashMap<>();
    InvocationHandler answer =
        (proxy, method, arguments) ->
            method.getName().equals("memory") ? memory : method.invoke(RequestFacts.none());
    return (RequestFacts)
        Proxy.newProxyInstance(
            RequestFacts.class.getClassLoader(), new Class<?>[] {RequestFacts.class}, answer);
  }

  private List<String> warnings() {
    return log.messages(Level.WARN).stream().filter(line -> !line.contains("NOT_READY")).toList();
  }

  private String read(RequestFacts facts) {
    return provider.decide(VISITOR, "back", false, facts).getKey();
  }

  /**
   * Reads pages until one fetches visitor data, because the doctor examines the data file in the
   * background.
   */
  private void pageUntilFetched(int requests) {
    await()
        .atMost(SOON)
        .until(
            () -> {
              provider.pageBegins(VISITOR);
              return platform.visitorRequests().size() >= requests;
            });
  }

  @Test
  void visitor_seenBefore_isFetchedOnceAndReturningAtNextRequest() throws Exception {
    open(RETURNING, true);
    Platform.Hold hold = platform.holdVisitorData();
    await()
        .atMost(SOON)
        .until(
            () -> {
              provider.pageBegins(VISITOR);
              return hold.arrived.await(10, TimeUnit.MILLISECONDS);
            });
    RequestFacts first = request();
    assertThat(read(first)).isEqualTo("off");
    platform.release();
    await().atMost(SOON).until(() -> read(request()).equals("on"));

    assertThat(read(first)).as("the page that began before").isEqualTo("off");
    for (int i = 0; i < 100; i++) {
      provider.pageBegins(VISITOR);
    }
    provider.close();
    assertThat(platform.visitorRequests())
        .singleElement()
        .asString()
        .contains("visitorCode=somebody", "maxNumberPreviousVisits=1")
        .doesNotContain("customData=true", "page=true", "conversion=true", "staticData=true");
    assertThat(platform.lines()).isEmpty();
    assertThat(warnings()).isEmpty();
  }

  @Test
  void visitor_noConditionOnEarlierVisits_isNotFetched() {
    open(PHONE, true);
    assertNotFetched();
  }

  @Test
  void visitor_noSetting_isNotFetched() {
    open(RETURNING, false);
    assertNotFetched();
  }

  private void assertNotFetched() {
    await()
        .during(Duration.ofMillis(500))
        .atMost(SOON)
        .until(
            () -> {
              provider.pageBegins(VISITOR);
              return platform.visitorRequests().isEmpty();
            });
  }

  @Test
  void platform_hangs_fetchesEightVisitorsAndDelaysNoPage() throws Exception {
    open(RETURNING, true);
    pageUntilFetched(1);
    Platform.Hold hold = platform.holdVisitorData();
    long longest = 0;
    for (int i = 0; i < 1_000; i++) {
      long start = System.nanoTime();
      provider.pageBegins(new VisitorCode("visitor-" + i));
      longest = Math.max(longest, System.nanoTime() - start);
    }
    assertThat(hold.arrived.await(60, TimeUnit.SECONDS)).isTrue();
    platform.release();
    await().atMost(SOON).until(() -> platform.visitorRequests().size() == 9);
    assertThat(Duration.ofNanos(longest)).isLessThan(Duration.ofSeconds(4));
  }

  @Test
  void platform_fails_logsOneWarnAndVisitorStaysNew() {
    open(RETURNING, true);
    platform.visitorData(aResponse().withStatus(500));
    pageUntilFetched(1);
    await().atMost(SOON).until(() -> !warnings().isEmpty());
    for (int i = 0; i < 100; i++) {
      provider.pageBegins(new VisitorCode("visitor-" + i));
    }

    assertThat(read(request())).isEqualTo("off");
    assertThat(platform.visitorRequests()).hasSize(1);
    assertThat(provider.status().faults())
        .singleElement()
        .asString()
        .startsWith("Cannot fetch earlier visits from Kameleoon");
    assertThat(warnings())
        .singleElement()
        .asString()
        .startsWith("Cannot fetch earlier visits from Kameleoon")
        .doesNotContain("visitor-", "somebody");
  }
}
