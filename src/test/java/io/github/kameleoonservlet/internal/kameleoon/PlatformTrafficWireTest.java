package io.github.kameleoonservlet.internal.kameleoon;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.kameleoonservlet.internal.decision.PlatformStatus;
import io.github.kameleoonservlet.internal.decision.PlatformStatus.Events;
import io.github.kameleoonservlet.internal.decision.PlatformStatus.Origin;
import io.github.kameleoonservlet.internal.decision.PlatformStatus.State;
import io.github.kameleoonservlet.internal.statistics.PlatformCounts;
import io.github.kameleoonservlet.internal.statistics.PlatformCounts.Type;
import io.github.kameleoonservlet.internal.statistics.Statistics;
import io.github.kameleoonservlet.internal.targeting.RequestFacts;
import io.github.kameleoonservlet.internal.targeting.TargetingSettings;
import java.lang.reflect.Method;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Tests what the status shows of the unmodified SDK and its platform. The SDK's own refresh is
 * called at once instead of within the hour.
 */
class PlatformTrafficWireTest extends ProviderOverWire {

  private final PlatformCounts counts = new Statistics(0).platform();
  private SdkClient client;

  @AfterEach
  void closeClient() {
    client.close(Duration.ZERO);
  }

  private void connect() {
    LogBridge bridge = LogBridge.install();
    SdkConfig config = SdkConfig.of(platform.settings());
    client = SdkClients.throughProxy(config, config.proxy());
    TargetingTasks targeting =
        new TargetingTasks(TargetingSettings.NONE, new SdkFailures(), 60_000, true);
    provider = SdkStart.with(client, config, null, targeting, bridge, counts);
  }

  private PlatformStatus refreshed() throws Exception {
    Method update = client.sdk().getClass().getDeclaredMethod("updateConfiguration");
    update.setAccessible(true);
    update.invoke(client.sdk());
    return provider.status();
  }

  private long requests(Type type, int status) {
    return counts.snapshot().requests().stream()
        .filter(count -> count.type() == type && count.status() == status)
        .mapToLong(PlatformCounts.Count::count)
        .sum();
  }

  @Test
  void status_fetchFailsAfterReady_keepsAgeAndShowsCause() throws Exception {
    connect();
    PlatformStatus ready = provider.status();
    assertThat(ready.state()).isEqualTo(State.READY);
    assertThat(ready.dataFile())
        .isEqualTo(
            new PlatformStatus.DataFile(
                Origin.PLATFORM, "sdk-config.kameleoon.eu", ready.readySince(), 5));
    assertThat(ready.lastFetch().fault()).isNull();
    // The check of the data file fetches the file once more.
    await().until(() -> platform.configurationRequests() == 2);

    platform.configuration(aResponse().withStatus(500));
    PlatformStatus refused = refreshed();
    assertThat(refused.state()).isEqualTo(State.READY);
    assertThat(refused.dataFile()).isEqualTo(ready.dataFile());
    assertThat(refused.lastFetch().status()).isEqualTo(500);
    assertThat(refused.lastFetch().fault()).isEqualTo("HTTP status 500");
    // The SDK tries three times.
    assertThat(requests(Type.DATA_FILE, 500)).isEqualTo(3);

    platform.configuration(okJson(DataFiles.sound()));
    PlatformStatus again = refreshed();
    assertThat(again.readySince()).isEqualTo(ready.readySince());
    assertThat(again.dataFile().confirmed()).isAfter(refused.lastFetch().at());
    assertThat(again.lastFetch().status()).isEqualTo(200);
    assertThat(requests(Type.DATA_FILE, 200)).isPositive();
    assertThat(again.lastFetch().fault()).isNull();
    await().until(() -> platform.configurationRequests() == 7);

    platform.close();
    PlatformStatus unreachable = refreshed();
    assertThat(unreachable.dataFile()).isEqualTo(again.dataFile());
    assertThat(unreachable.lastFetch().status()).isNull();
    assertThat(unreachable.lastFetch().fault()).contains("refused");
    assertThat(requests(Type.DATA_FILE, PlatformCounts.NO_ANSWER)).isEqualTo(3);
  }

  @Test
  void status_firstFetchFails_isNotReadyUntilOneSucceeds() throws Exception {
    platform.configuration(aResponse().withStatus(500));
    connect();
    PlatformStatus first = provider.status();
    assertThat(first.state()).isEqualTo(State.NOT_READY);
    assertThat(first.readySince()).isNull();
    assertThat(first.dataFile().confirmed()).isNull();
    assertThat(first.dataFile().features()).isZero();
    assertThat(first.lastFetch().fault()).isEqualTo("failed, see the log of the SDK");
    assertThat(provider.features()).isEmpty();
    assertThat(refreshed().lastFetch().status()).isEqualTo(500);

    platform.configuration(okJson(DataFiles.sound()));
    PlatformStatus ready = refreshed();
    assertThat(ready.state()).isEqualTo(State.READY);
    assertThat(ready.readySince()).isAfter(first.lastFetch().at());
    assertThat(ready.dataFile().confirmed()).isEqualTo(ready.readySince());
    assertThat(provider.features()).hasSize(5);
  }

  @Test
  void status_platformRefusesEvents_arePendingThenSentOrLost() throws Exception {
    connect();
    platform.tracking(500);
    for (int i = 0; i < 3; i++) {
      provider.trackConversion(EARLY, i, 1, RequestFacts.none());
    }
    await().until(() -> requests(Type.EVENTS, 500) > 0);
    await().until(() -> provider.status().events().equals(new Events(3L, 0L, 0L)));

    platform.tracking(200);
    await().until(() -> provider.status().events().equals(new Events(0L, 3L, 0L)));
    assertThat(requests(Type.TOKEN, 200)).isEqualTo(1);

    // The SDK treats 403 as a success, and never sends these events again.
    platform.tracking(403);
    provider.trackConversion(LATE, 1, 1, RequestFacts.none());
    await().until(() -> provider.status().events().equals(new Events(0L, 3L, 1L)));
    assertThat(counts.snapshot().eventsLost()).isEqualTo(1);
  }

  @Test
  void close_afterWatch_leavesNetworkOfSdk() throws Exception {
    connect();
    Object watched = network();
    provider.close();

    assertThat(watched).isInstanceOf(NetworkWatch.class);
    assertThat(network()).isNotInstanceOf(NetworkWatch.class);
  }

  private Object network() throws ReflectiveOperationException {
    return SdkInternals.read(SdkInternals.read(client.sdk(), "networkManager"), "netProvider");
  }
}
