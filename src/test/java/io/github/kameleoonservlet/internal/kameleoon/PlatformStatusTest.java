package io.github.kameleoonservlet.internal.kameleoon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.kameleoon.KameleoonClient;
import io.github.kameleoonservlet.identity.VisitorCode;
import io.github.kameleoonservlet.internal.decision.FeatureDescription;
import io.github.kameleoonservlet.internal.decision.PlatformSettings;
import io.github.kameleoonservlet.internal.decision.PlatformStatus;
import io.github.kameleoonservlet.internal.decision.PlatformStatus.Events;
import io.github.kameleoonservlet.internal.decision.PlatformStatus.Origin;
import io.github.kameleoonservlet.internal.decision.PlatformStatus.State;
import io.github.kameleoonservlet.internal.statistics.Statistics;
import io.github.kameleoonservlet.internal.targeting.RequestFacts;
import io.github.kameleoonservlet.internal.targeting.TargetingSettings;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests the state of a provider with a local data file, with another SDK, and without an SDK. */
class PlatformStatusTest {

  private static final VisitorCode VISITOR = new VisitorCode("visitor-1");

  @TempDir Path folder;
  private Path file;
  private PlatformSettings settings;
  private SdkClient client;
  private KameleoonDecisionProvider provider;

  @BeforeEach
  void write() throws Exception {
    file = Files.copy(DataFiles.SOUND, folder.resolve("data.json"));
    settings = PlatformSettings.offline(file.toString());
  }

  @AfterEach
  void close() {
    provider.close();
    if (client != null) {
      client.close(Duration.ZERO);
    }
  }

  private void open() {
    open(sdk -> sdk);
  }

  /** Opens a provider with a client that a test can change. */
  private void open(UnaryOperator<KameleoonClient> change) {
    LogBridge log = LogBridge.install();
    SdkConfig config = SdkConfig.of(settings);
    OfflineNetwork network = OfflineNetwork.open(file.toString());
    client = SdkClients.offline(config, network, log);
    KameleoonClient changed = change.apply(client.sdk());
    provider =
        SdkStart.with(
            changed == client.sdk()
                ? client
                : new SdkClient(changed, SdkClient.internalsOf(changed, 100), () -> {}),
            config,
            changed == client.sdk() ? network : null,
            new TargetingTasks(TargetingSettings.NONE, new SdkFailures(), 60_000, false),
            log);
  }

  private void refresh() throws Exception {
    Method update = client.sdk().getClass().getDeclaredMethod("updateConfiguration");
    update.setAccessible(true);
    update.invoke(client.sdk());
  }

  @Test
  void status_localFile_isReadySinceItsRead() {
    Instant before = Instant.now();
    open();
    PlatformStatus status = provider.status();

    assertThat(status.state()).isEqualTo(State.READY);
    assertThat(status.readySince()).isBetween(before, Instant.now());
    assertThat(status.dataFile())
        .isEqualTo(
            new PlatformStatus.DataFile(Origin.FILE, file.toString(), status.readySince(), 5));
    assertThat(status.lastFetch())
        .isEqualTo(new PlatformStatus.Fetch(status.readySince(), null, null));
    assertThat(status.events()).isEqualTo(new Events(0L, 0L, 0L));
    assertThat(status.findings()).isEmpty();
    assertThat(status.faults()).isEmpty();
  }

  @Test
  void status_eventsTaken_countsEach() {
    open();
    for (int i = 0; i < 3; i++) {
      provider.trackConversion(VISITOR, i, 0, RequestFacts.none());
    }

    await().until(() -> provider.status().events().equals(new Events(0L, 3L, 0L)));
  }

  @Test
  void status_fileReadAgain_isYoungerAndReadyAsBefore() throws Exception {
    open();
    PlatformStatus first = provider.status();
    refresh();
    PlatformStatus second = provider.status();

    assertThat(second.readySince()).isEqualTo(first.readySince());
    assertThat(second.dataFile().confirmed())
        .isAfter(first.dataFile().confirmed())
        .isBeforeOrEqualTo(second.lastFetch().at());
  }

  @Test
  void status_fileDeleted_keepsAgeAndShowsFault() throws Exception {
    open();
    PlatformStatus first = provider.status();
    Files.delete(file);
    refresh();
    PlatformStatus second = provider.status();

    assertThat(second.state()).isEqualTo(State.READY);
    assertThat(second.dataFile()).isEqualTo(first.dataFile());
    assertThat(second.lastFetch().at()).isAfter(first.lastFetch().at());
    assertThat(second.lastFetch().fault())
        .startsWith("cannot read the file: java.nio.file.NoSuchFileException");
    Files.copy(DataFiles.SOUND, file);
    refresh();
    assertThat(provider.status().lastFetch().fault()).isNull();
    assertThat(provider.status().dataFile().confirmed()).isAfter(first.dataFile().confirmed());
  }

  @Test
  void status_holdoutOfWholeFile_isFinding() throws Exception {
    Files.writeString(
        file,
        new SegmentedFile()
            .feature("banner", SegmentedFile.condition("DAY_OF_WEEK", ""))
            .with(",\"holdout\":{\"id\":1}")
            .toString());
    open();

    assertThat(provider.status().findings())
        .singleElement()
        .asString()
        .startsWith("SDK 4.5.0 ignores the holdout");
    assertThat(provider.features().get(0).findings())
        .hasSize(2)
        .anyMatch(finding -> finding.contains("DAY_OF_WEEK"));
  }

  @Test
  void status_clientStopped_isStopped() {
    open();
    client.stop();

    assertThat(provider.status().state()).isEqualTo(State.STOPPED);
    assertThat(provider.status().dataFile().features()).isEqualTo(5);
  }

  /** Other code of the application can stop the client, and drops its events. */
  @Test
  void status_clientReplaced_countsItsEventsAsLost() {
    LogBridge log = LogBridge.install();
    SdkConfig config = SdkConfig.of(settings);
    OfflineNetwork network = OfflineNetwork.open(file.toString());
    client =
        SdkClients.own(
            config,
            WatchedNetwork.around(
                network,
                (request, answer) -> {
                  answer.failed(new IOException("no network"));
                  return false;
                }));
    SdkClient next = SdkClients.offline(config, network, log);
    List<Consumer<SdkClient>> changed = new ArrayList<>();
    provider =
        new KameleoonDecisionProvider(
            log,
            new SdkFailures(),
            new VisitorContexts(60_000, 100),
            new TargetingTasks(TargetingSettings.NONE, new SdkFailures(), 60_000, false),
            null,
            new Statistics(0).platform(),
            to -> {
              changed.add(to::accept);
              return ClientConnection.to(client, to);
            });
    provider.trackConversion(VISITOR, 1, 0, RequestFacts.none());
    assertThat(provider.status().events()).isEqualTo(new Events(1L, 0L, 0L));

    changed.get(0).accept(next);
    assertThat(provider.status().events().lost()).isEqualTo(1);
    next.close(Duration.ZERO);
  }

  @Test
  void status_otherSdk_isUnknownButReady() {
    open(BlindClient::around);
    PlatformStatus status = provider.status();

    assertThat(status.state()).isEqualTo(State.READY);
    assertThat(status.readySince()).isNull();
    assertThat(status.dataFile())
        .isEqualTo(new PlatformStatus.DataFile(Origin.PLATFORM, null, null, 5));
    assertThat(status.lastFetch()).isNull();
    assertThat(status.events()).isEqualTo(new Events(null, null, null));
    assertThat(provider.features())
        .contains(FeatureDescription.ofKey("free-shipping"))
        .extracting(FeatureDescription::key)
        .containsExactly(
            "checkout-layout", "free-shipping", "recommendations", "search", "winter-sale");
  }

  @Test
  void status_sdkThrows_isUnknownWithFault() {
    open(
        sdk ->
            (KameleoonClient)
                Proxy.newProxyInstance(
                    getClass().getClassLoader(),
                    new Class<?>[] {KameleoonClient.class},
                    (proxy, method, arguments) -> {
                      throw new IllegalStateException("visitor code: 'abc'");
                    }));

    assertThat(provider.status().state()).isEqualTo(State.NO_CLIENT);
    assertThat(provider.features()).isEmpty();
    assertThat(provider.status().faults()).isNotEmpty().noneMatch(fault -> fault.contains("abc"));
  }

  @Test
  void status_neverReady_hasNoClientAndNoFeatures() {
    provider = SdkStart.neverReady(settings, new Statistics(0).platform());
    PlatformStatus status = provider.status();

    assertThat(status.state()).isEqualTo(State.NO_CLIENT);
    assertThat(status.dataFile())
        .isEqualTo(new PlatformStatus.DataFile(Origin.NONE, null, null, 0));
    assertThat(status.events()).isEqualTo(new Events(0L, 0L, 0L));
    assertThat(provider.features()).isEmpty();
  }

  @Test
  void status_eventsWithoutClient_arePendingThenLost() {
    provider = SdkStart.neverReady(settings, new Statistics(0).platform());
    for (int i = 0; i < EventQueue.CAPACITY + 2; i++) {
      provider.trackConversion(VISITOR, i, 0, RequestFacts.none());
    }

    assertThat(provider.status().events())
        .isEqualTo(new Events((long) EventQueue.CAPACITY, 0L, 2L));
  }

  @Test
  void status_closed_hasNoClient() {
    open();
    provider.close();

    assertThat(provider.status().state()).isEqualTo(State.NO_CLIENT);
    assertThat(provider.features()).isEmpty();
  }
}
