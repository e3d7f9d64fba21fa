package io.github.kameleoonservlet.internal.kameleoon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import com.kameleoon.KameleoonClient;
import com.kameleoon.data.Browser;
import com.kameleoon.data.Data;
import com.kameleoon.data.PageView;
import com.kameleoon.types.Variation;
import io.github.kameleoonservlet.decision.Reason;
import io.github.kameleoonservlet.internal.decision.PlatformSettings;
import io.github.kameleoonservlet.internal.targeting.BrowserType;
import io.github.kameleoonservlet.internal.targeting.DeviceType;
import io.github.kameleoonservlet.internal.targeting.OperatingSystem;
import io.github.kameleoonservlet.internal.targeting.TestFacts;
import io.github.kameleoonservlet.testing.RecordedLog;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tests SDKs other than 4.5.0: a stub with the documented signatures, and 4.5.0 with unreadable
 * internals.
 */
class OtherSdkTest {

  private static final TestFacts PHONE =
      TestFacts.NONE
          .withPage("https://shop.example/tea")
          .withCookies(Map.of("a", "b"))
          .withPlace("France", null, null)
          .withCustomData(Map.of("2", List.of("gold"), "plan", List.of("x")))
          .withBrowser(BrowserType.SAFARI, 17.5f, OperatingSystem.IOS, DeviceType.PHONE);
  private static final TestFacts DESKTOP =
      PHONE.withBrowser(BrowserType.CHROME, 131f, OperatingSystem.WINDOWS, DeviceType.DESKTOP);

  @TempDir Path folder;
  private final List<String> calls = new ArrayList<>();
  private final List<Data> data = new ArrayList<>();
  private final LogBridge bridge = LogBridge.install();
  private OfflineNetwork network;
  private SdkClient whole;

  /** The calls that the vendor documents for 4.6 and 4.19. */
  public interface NewerCalls {
    Variation getVariation(String code, String featureKey, boolean track);

    void addData(String code, boolean track, Data... data);
  }

  @AfterEach
  void close() {
    if (whole != null) {
      whole.close(Duration.ofSeconds(2));
    }
    bridge.close();
  }

  private SdkClient newer(Variation variation) {
    KameleoonClient client =
        (KameleoonClient)
            Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {KameleoonClient.class, NewerCalls.class},
                (proxy, method, arguments) -> {
                  calls.add(method.getName() + " " + arguments[arguments.length == 3 ? 2 : 0]);
                  if (method.getName().equals("addData")) {
                    assertThat(arguments[1]).as("tracked").isEqualTo(false);
                    data.addAll(List.of((Data[]) arguments[2]));
                    return null;
                  }
                  return method.getName().equals("getVariation") ? variation : Map.of();
                });
    return new SdkClient(client, SdkClient.internalsOf(client, 100), null);
  }

  /** A client of SDK 4.5.0 whose internals cannot be read. */
  private SdkClient blind() throws Exception {
    Path file =
        new SegmentedFile()
            .feature(
                "phone",
                "{\"targetingType\":\"DEVICE_TYPE\",\"isInclude\":true,\"device\":\"PHONE\"}")
            .in(folder);
    PlatformSettings settings = PlatformSettings.offline(file.toString());
    network = OfflineNetwork.open(settings.dataFile());
    whole = SdkClients.offline(SdkConfig.of(settings), network, bridge);
    KameleoonClient client = BlindClient.around(whole.sdk());
    return new SdkClient(client, SdkClient.internalsOf(client, 100), null);
  }

  private static io.github.kameleoonservlet.decision.Variation decided(
      String key, Integer id, Integer experimentId, Reason reason) {
    return io.github.kameleoonservlet.decision.Variation.of(
        "banner", key, id, experimentId, Map.of(), reason);
  }

  @Test
  void newerSdk_decision_hasIdsAndPassesExposure() throws Exception {
    SdkClient client = newer(new Variation("on", 3101, 2101, Map.of()));
    var expected = decided("on", 3101, 2101, Reason.ASSIGNED);
    assertThat(client.decide("v", "banner", true, TestFacts.NONE)).isEqualTo(expected);
    assertThat(client.decide("v", "banner", false, TestFacts.NONE)).isEqualTo(expected);
    assertThat(calls).contains("getVariation true", "getVariation false");
  }

  @Test
  void newerSdk_defaultVariation_isDefault() throws Exception {
    SdkClient client = newer(new Variation("off", null, null, Map.of()));
    assertThat(client.decide("v", "banner", true, TestFacts.NONE))
        .isEqualTo(decided("off", null, null, Reason.DEFAULT));
  }

  @Test
  void newerSdk_requestFacts_arePassedUntrackedOnceUntilChanged() throws Exception {
    SdkClient client = newer(new Variation("on", 1, 2, Map.of()));
    client.decide("v", "banner", true, PHONE);
    assertThat(data)
        .extracting(datum -> datum.getClass().getSimpleName())
        .containsExactly(
            "PageView",
            "Browser",
            "OperatingSystem",
            "Device",
            "Cookie",
            "Geolocation",
            "CustomData");
    data.clear();
    client.decide("v", "other", true, PHONE);
    assertThat(data).isEmpty();
    client.decide("v", "banner", true, PHONE.withPage("https://shop.example/cart"));
    assertThat(data).singleElement().isInstanceOf(PageView.class);
    data.clear();
    client.decide("v", "banner", true, DESKTOP.withPage("https://shop.example/cart"));
    assertThat(data).hasSize(3).first().isInstanceOf(Browser.class);
  }

  @Test
  void olderSdk_requestFacts_decidesSendsNothingAndWarnsOnce() throws Exception {
    SdkClient client = blind();
    try (RecordedLog log = new RecordedLog("io.github.kameleoonservlet", Level.INFO)) {
      assertThat(client.decide("v", "phone", false, PHONE).getKey()).isEqualTo("on");
      assertThat(client.decide("v", "phone", false, DESKTOP).getKey()).isEqualTo("off");
      assertThat(client.decide("w", "phone", true, PHONE).getKey()).isEqualTo("on");
      assertThat(log.messages(Level.WARN))
          .singleElement()
          .asString()
          .contains("the visitor meets the condition on all later pages");
    }
    whole.close(Duration.ofSeconds(2));
    assertThat(network.sentLines()).singleElement().asString().startsWith("eventType=experiment");
  }

  @Test
  void olderSdk_variationOfPreview_hasNoIds() throws Exception {
    SdkClient client = blind();

    assertThat(client.variation("phone", "on").orElseThrow())
        .isEqualTo(
            io.github.kameleoonservlet.decision.Variation.of(
                "phone", "on", null, null, Map.of(), Reason.PREVIEW));
    assertThat(client.variation("phone", "off")).isPresent();
    assertThat(client.variation("phone", "nosuch")).isEmpty();
    assertThat(client.variation("nosuch", "off")).isEmpty();
    assertThat(client.variation("phone", 0, 0)).isEmpty();
  }

  @Test
  void olderSdk_twoDevicesOfOneVisitorAtOnce_getSeparateDecisions() throws Exception {
    SdkClient client = blind();
    CompletableFuture<Integer> phone =
        CompletableFuture.supplyAsync(() -> wrong(client, PHONE, "on"));
    int desktop = wrong(client, DESKTOP, "off");
    assertThat(desktop + phone.get()).isZero();
  }

  private static int wrong(SdkClient client, TestFacts facts, String expected) {
    int wrong = 0;
    for (int i = 0; i < 1_000; i++) {
      try {
        if (!client.decide("v", "phone", false, facts).getKey().equals(expected)) {
          wrong++;
        }
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }
    return wrong;
  }

  @Test
  void newerSdk_throws_exceptionReachesCaller() {
    SdkClient client =
        new SdkClient(
            (KameleoonClient)
                Proxy.newProxyInstance(
                    getClass().getClassLoader(),
                    new Class<?>[] {KameleoonClient.class, NewerCalls.class},
                    (proxy, method, arguments) -> {
                      throw new IllegalStateException("down");
                    }),
            null,
            null);
    assertThatThrownBy(() -> client.decide("v", "banner", true, TestFacts.NONE))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("down");
  }
}
