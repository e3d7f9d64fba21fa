package io.github.kameleoonservlet.internal.kameleoon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import com.kameleoon.KameleoonClient;
import com.kameleoon.KameleoonException;
import com.kameleoon.configuration.DataFile;
import com.kameleoon.data.CustomData;
import com.kameleoon.network.netprovider.NetProvider;
import io.github.kameleoonservlet.decision.Reason;
import io.github.kameleoonservlet.decision.Variation;
import io.github.kameleoonservlet.internal.decision.PlatformSettings;
import io.github.kameleoonservlet.internal.targeting.RequestFacts;
import io.github.kameleoonservlet.testing.RecordedLog;
import java.io.StringReader;
import java.lang.ref.WeakReference;
import java.lang.reflect.Field;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.json.Json;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Tests the client with readable internals, and its fallback when the internals differ from 4.5.0.
 */
class SdkClientTest {

  private final LogBridge log = LogBridge.install();
  private OfflineNetwork network;
  private SdkClient whole;
  private SdkClient blind;

  @BeforeEach
  void open() {
    PlatformSettings settings = PlatformSettings.offline(DataFiles.SOUND.toString());
    network = OfflineNetwork.open(settings.dataFile());
    whole = SdkClients.offline(SdkConfig.of(settings), network, log);
    KameleoonClient other = BlindClient.around(whole.sdk());
    blind = new SdkClient(other, SdkClient.internalsOf(other, 100), () -> {});
  }

  @AfterEach
  void close() {
    blind.close(Duration.ofMillis(1));
    whole.close(Duration.ofSeconds(2));
    log.close();
  }

  @Test
  void internalsOf_otherClient_returnsNull() {
    assertThat(SdkClient.internalsOf(blind.sdk(), 100)).isNull();
    assertThat(SdkClient.internalsOf(whole.sdk(), 100)).isNotNull();
  }

  @Test
  void decide_withoutInternalsWithExposure_hasSameKeyWithoutIds() throws Exception {
    for (int i = 0; i < 100; i++) {
      OtherSdkDecision seen = decided(whole, "v" + i, "checkout-layout", true);
      assertThat(decided(blind, "v" + i, "checkout-layout", true))
          .isEqualTo(new OtherSdkDecision(seen.key(), null, null, Reason.ASSIGNED));
    }
  }

  @Test
  void decide_withoutInternalsWithoutExposure_isEqualAndSendsNothing() throws Exception {
    for (int i = 0; i < 100; i++) {
      for (String flag : List.of("checkout-layout", "free-shipping")) {
        assertThat(blind.decide("v" + i, flag, false, RequestFacts.none()))
            .isEqualTo(whole.decide("v" + i, flag, false, RequestFacts.none()));
      }
    }
    // The same holds for visitors who get no variation.
    for (int i = 0; i < 100; i++) {
      blind.decide("v" + i, "recommendations", false, RequestFacts.none());
    }
    whole.close(Duration.ofSeconds(2));
    assertThat(network.sentLines()).isEmpty();
  }

  @Test
  void decide_withoutInternalsNotActive_hasReason() throws Exception {
    assertThatThrownBy(() -> blind.decide("v", "winter-sale", false, RequestFacts.none()))
        .isInstanceOf(KameleoonException.FeatureEnvironmentDisabled.class);
    assertThatThrownBy(() -> blind.decide("v", "no-such-flag", false, RequestFacts.none()))
        .isInstanceOf(KameleoonException.FeatureNotFound.class);
    List<OtherSdkDecision> off = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      off.add(decided(blind, "v" + i, "recommendations", false));
    }
    assertThat(off).contains(new OtherSdkDecision("off", null, null, Reason.DEFAULT));
  }

  @Test
  void decide_ruleNoLongerApplies_isDefaultDespiteOldAssignment() throws Exception {
    List<String> offArm = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      if (Integer.valueOf(3501).equals(decided(whole, "v" + i, "recommendations", true).id())) {
        offArm.add("v" + i);
      }
    }
    assertThat(offArm).isNotEmpty();
    swapDataFile(DataFiles.sound().replaceAll("\"exposition\": 0.8,", "\"exposition\": 0.0,"));
    for (String code : offArm) {
      OtherSdkDecision nothing = new OtherSdkDecision("off", null, null, Reason.DEFAULT);
      assertThat(decided(whole, code, "recommendations", true)).isEqualTo(nothing);
      assertThat(decided(whole, code, "recommendations", false)).isEqualTo(nothing);
    }
  }

  @Test
  void decide_again_keepsAssignment() throws Exception {
    Variation first = whole.decide("v", "checkout-layout", true, RequestFacts.none());
    assertThat(whole.decide("v", "checkout-layout", true, RequestFacts.none())).isSameAs(first);
    assertThat(first.getReason()).isEqualTo(Reason.ASSIGNED);
  }

  @Test
  void dataFile_replaced_isNotReferencedByDecisions() throws Exception {
    variables(whole, "v");
    WeakReference<DataFile> before = new WeakReference<>(whole.internals().dataFile());
    swapDataFile(DataFiles.sound());

    variables(whole, "v");

    Awaitility.await()
        .atMost(Duration.ofMinutes(1))
        .until(
            () -> {
              System.gc();
              return before.refersTo(null);
            });
  }

  @Test
  void variables_dataFileReplaced_areReadFromNewDataFile() throws Exception {
    Map<String, ?> first = variables(whole, "v");
    assertThat(variables(whole, "v")).isSameAs(first);
    assertThat(variables(blind, "v")).isEqualTo(first);
    swapDataFile(DataFiles.sound().replace("Arm ", "Arm of tomorrow "));
    assertThat(variables(whole, "v").get("title")).asString().startsWith("Arm of tomorrow");
    assertThat(variables(blind, "v")).isEqualTo(variables(whole, "v"));
  }

  private static Map<String, ?> variables(SdkClient client, String code) throws Exception {
    return client.decide(code, "checkout-layout", false, RequestFacts.none()).getVariables();
  }

  private static OtherSdkDecision decided(
      SdkClient client, String code, String feature, boolean exposure) throws Exception {
    Variation variation = client.decide(code, feature, exposure, RequestFacts.none());
    return new OtherSdkDecision(
        variation.getKey(), variation.getId(), variation.getExperimentId(), variation.getReason());
  }

  @Test
  void close_eventsPending_areSentByThreadOfSdk() throws Exception {
    Set<String> senders = ConcurrentHashMap.newKeySet();
    NetProvider watched =
        WatchedNetwork.around(
            network,
            (request, answer) -> {
              senders.add(Thread.currentThread().getName());
              return true;
            });
    PlatformSettings settings = PlatformSettings.offline(DataFiles.SOUND.toString());
    SdkClient client = SdkClients.own(SdkConfig.of(settings), watched);
    client.sdk().trackConversion("v", 1, 0);
    Awaitility.await().until(() -> network.sentLines().size() == 1);
    client.sdk().trackConversion("v", 2, 0);
    assertThat(client.close(Duration.ofSeconds(2))).isZero();
    assertThat(network.sentLines()).hasSize(2);
    assertThat(senders).hasSize(1).doesNotContain(Thread.currentThread().getName());
  }

  @Test
  void close_networkThrows_countsEventsAndReleasesClient() throws Exception {
    assertCountedAndGone(
        () -> {
          throw new IllegalStateException("no network");
        });
  }

  @Test
  @Timeout(600)
  void close_networkHangs_countsEventsAndReleasesClient() throws Exception {
    AtomicBoolean end = new AtomicBoolean();
    assertCountedAndGone(
        () -> {
          while (!end.get()) {
            // The thread ignores interrupts.
            Thread.onSpinWait();
          }
        });
    end.set(true);
  }

  @Test
  void close_countingThrows_releasesClient() throws Exception {
    AtomicBoolean gone = new AtomicBoolean();
    SdkClient client =
        new SdkClient(
            whole.sdk(),
            SdkClient.internalsOf(whole.sdk(), 100),
            () -> gone.compareAndSet(false, true));
    AtomicBoolean broken = new AtomicBoolean(true);
    whole
        .sdk()
        .addData(
            "v",
            new CustomData(1, "gold") {
              @Override
              public boolean isSent() {
                if (broken.get()) {
                  throw new IllegalStateException("changed meanwhile");
                }
                return true;
              }
            });
    assertThatThrownBy(() -> client.close(Duration.ofMillis(1)))
        .isInstanceOf(IllegalStateException.class);
    assertThat(gone).isTrue();
    assertThat(client.stopped()).isTrue();
    broken.set(false);
  }

  @Test
  void close_releaseThrows_stopsThreads() {
    SdkClient client =
        new SdkClient(
            whole.sdk(),
            SdkClient.internalsOf(whole.sdk(), 100),
            () -> {
              throw new IllegalStateException("visitor code: 'abc'");
            });
    try (RecordedLog own = new RecordedLog("io.github.kameleoonservlet", Level.INFO)) {
      assertThat(client.close(Duration.ofSeconds(2))).isZero();
      assertThat(client.stopped()).isTrue();
      assertThat(own.messages(Level.INFO))
          .singleElement()
          .asString()
          .contains("failed while it was closed")
          .doesNotContain("abc");
    }
  }

  /** Closes a client with one event, whose network handles events in another way. */
  private void assertCountedAndGone(Runnable sending) throws Exception {
    AtomicBoolean closed = new AtomicBoolean();
    NetProvider broken =
        (NetProvider)
            Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {NetProvider.class},
                (proxy, method, arguments) -> {
                  if (arguments != null && arguments[0].toString().contains("/visit/events")) {
                    sending.run();
                    return null;
                  }
                  closed.compareAndSet(false, method.getName().equals("close"));
                  return method.invoke(network, arguments);
                });
    PlatformSettings settings = PlatformSettings.offline(DataFiles.SOUND.toString());
    SdkClient client = SdkClients.own(SdkConfig.of(settings), broken);
    client.sdk().trackConversion("v", 1, 0);
    assertThat(client.close(Duration.ofMillis(500))).isEqualTo(1);
    assertThat(closed).isTrue();
    assertThat(client.stopped()).isTrue();
  }

  private void swapDataFile(String json) throws Exception {
    Field field = whole.sdk().getClass().getDeclaredField("dataManager");
    field.setAccessible(true);
    ((com.kameleoon.managers.data.DataManager) field.get(whole.sdk()))
        .setDataFile(new DataFile(Json.createReader(new StringReader(json)).readObject(), null));
  }
}
