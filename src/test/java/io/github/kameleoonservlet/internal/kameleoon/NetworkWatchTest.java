package io.github.kameleoonservlet.internal.kameleoon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.kameleoon.network.manager.NetworkManager;
import com.kameleoon.network.netprovider.NetProvider;
import io.github.kameleoonservlet.internal.decision.PlatformSettings;
import io.github.kameleoonservlet.internal.decision.PlatformStatus.Fetch;
import io.github.kameleoonservlet.internal.statistics.PlatformCounts;
import io.github.kameleoonservlet.internal.statistics.PlatformCounts.Type;
import io.github.kameleoonservlet.internal.statistics.Statistics;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.hc.client5.http.async.methods.SimpleHttpRequest;
import org.apache.hc.client5.http.async.methods.SimpleHttpResponse;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.ContentType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests the watch of a client's requests without a platform. */
class NetworkWatchTest {

  private final LogBridge log = LogBridge.install();
  private final PlatformCounts counts = new Statistics(0).platform();
  private Instant now = Instant.EPOCH;
  private final PlatformTraffic traffic = new PlatformTraffic(null, counts, () -> now);
  private final List<String> heard = new ArrayList<>();
  private SdkClient client;
  private NetworkManager manager;

  /** The answer of the network below the watch. */
  private final List<FutureCallback<SimpleHttpResponse>> waiting = new ArrayList<>();

  @BeforeEach
  void open() throws Exception {
    PlatformSettings settings = PlatformSettings.offline(DataFiles.SOUND.toString());
    OfflineNetwork network = OfflineNetwork.open(settings.dataFile());
    client = SdkClients.offline(SdkConfig.of(settings), network, log);
    manager = (NetworkManager) SdkInternals.read(client.sdk(), "networkManager");
  }

  @AfterEach
  void close() {
    client.close(Duration.ZERO);
    log.close();
  }

  private final FutureCallback<SimpleHttpResponse> sdk =
      new FutureCallback<>() {
        @Override
        public void completed(SimpleHttpResponse response) {
          heard.add("completed " + response.getCode());
        }

        @Override
        public void failed(Exception fault) {
          heard.add("failed " + fault.getMessage());
        }

        @Override
        public void cancelled() {
          heard.add("cancelled");
        }
      };

  /** A network that keeps each callback, so that a test answers. */
  private final NetProvider silent =
      new NetProvider() {
        @Override
        public void runRequest(
            SimpleHttpRequest request, FutureCallback<SimpleHttpResponse> callback) {
          if (request.getPath().endsWith("/broken")) {
            throw new IllegalStateException("closed");
          }
          waiting.add(callback);
        }

        @Override
        public void close() {
          heard.add("close");
        }

        @Override
        public String getProxyHost() {
          return "proxy.example";
        }
      };

  private NetworkWatch around() throws Exception {
    java.lang.reflect.Field field = manager.getClass().getDeclaredField("netProvider");
    field.setAccessible(true);
    field.set(manager, silent);
    return NetworkWatch.install(manager, traffic);
  }

  private static SimpleHttpRequest get(String url) {
    return new SimpleHttpRequest("GET", url);
  }

  @Test
  void watches_ofSeveralApplications_areRemovedInAnyOrder() throws Exception {
    NetProvider own = manager.getNetProvider();
    for (int first = 0; first < 3; first++) {
      List<NetworkWatch> watches =
          List.of(
              NetworkWatch.install(manager, traffic),
              NetworkWatch.install(manager, traffic),
              NetworkWatch.install(manager, traffic));
      for (int i = 0; i < watches.size(); i++) {
        assertThat(manager.getNetProvider()).isNotSameAs(own);
        watches.get((first + i) % watches.size()).uninstall();
        int left = watches.size() - 1 - i;
        long before = counts.snapshot().eventsSent();
        SimpleHttpRequest events = new SimpleHttpRequest("POST", "https://x.example/visit/events");
        events.setBody("a\nb\n", ContentType.TEXT_PLAIN);
        manager.getNetProvider().runRequest(events, sdk);
        assertThat(counts.snapshot().eventsSent() - before).isEqualTo(2L * left);
      }
      assertThat(manager.getNetProvider()).isSameAs(own);
    }
  }

  @Test
  void request_anyEnd_isPassedToSdkOnce() throws Exception {
    NetworkWatch watch = around();
    for (int i = 0; i < 3; i++) {
      watch.runRequest(get("https://sdk-config.kameleoon.eu/site"), sdk);
    }
    waiting.get(0).completed(SimpleHttpResponse.create(204));
    waiting.get(1).failed(new IllegalStateException("no route"));
    waiting.get(2).cancelled();
    watch.close();

    assertThat(heard).containsExactly("completed 204", "failed no route", "cancelled", "close");
    assertThat(watch.getProxyHost()).isEqualTo("proxy.example");
    assertThat(counts.snapshot().requests())
        .containsExactly(
            new PlatformCounts.Count(Type.DATA_FILE, PlatformCounts.NO_ANSWER, 1),
            new PlatformCounts.Count(Type.DATA_FILE, 204, 1));
  }

  @Test
  void fetch_withoutResponse_isFaultAfterTenSeconds() throws Exception {
    NetworkWatch watch = around();
    watch.runRequest(get("https://sdk-config.kameleoon.eu/site"), sdk);
    now = now.plusMillis(9_999);
    assertThat(traffic.lastFetch()).isNull();
    now = now.plusMillis(1);
    assertThat(traffic.lastFetch())
        .isEqualTo(new Fetch(Instant.EPOCH, null, "no response since then"));

    waiting.get(0).completed(SimpleHttpResponse.create(200));
    assertThat(traffic.lastFetch()).isEqualTo(new Fetch(now, 200, null));
    watch.runRequest(get("https://data.kameleoon.io/visit/visitor"), sdk);
    watch.runRequest(get("https://sdk-config.kameleoon.eu/site"), sdk);
    now = now.plusSeconds(60);
    waiting.get(2).failed(new IllegalStateException("no route"));
    assertThat(traffic.lastFetch())
        .isEqualTo(new Fetch(now, null, "java.lang.IllegalStateException: no route"));
    assertThat(heard).containsExactly("completed 200", "failed no route");
  }

  @Test
  void fetch_ofStoppedClient_isNoFault() throws Exception {
    NetworkWatch watch = around();
    watch.runRequest(get("https://sdk-config.kameleoon.eu/site"), sdk);
    watch.runRequest(get("https://data.kameleoon.io/visit/visitor"), sdk);
    now = now.plusSeconds(60);
    waiting.get(1).cancelled();
    assertThat(traffic.lastFetch()).isNotNull();
    waiting.get(0).cancelled();
    assertThat(traffic.lastFetch()).isNull();
  }

  @Test
  void fetch_ofClientBefore_isNoFault() throws Exception {
    around().runRequest(get("https://sdk-config.kameleoon.eu/site"), sdk);
    now = now.plusSeconds(60);
    traffic.follow(client.internals()::dataFile, false);
    assertThat(traffic.lastFetch()).isNull();
  }

  @Test
  void request_networkThrows_countsAndThrows() throws Exception {
    NetworkWatch watch = around();

    assertThatThrownBy(() -> watch.runRequest(get("https://x.example/broken"), sdk))
        .hasMessage("closed");
    assertThat(counts.snapshot().requests())
        .containsExactly(new PlatformCounts.Count(Type.OTHER, PlatformCounts.NO_ANSWER, 1));
    assertThat(traffic.lastFetch()).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "https://sdk-config.kameleoon.eu/site?environment=test, DATA_FILE",
    "https://SDK-CONFIG.kameleoon.eu/visit, DATA_FILE",
    "https://data.kameleoon.io/visit/events?siteCode=site, EVENTS",
    "https://api.kameleoon.com/oauth/token, TOKEN",
    "https://data.kameleoon.io/visit/visitor?visitorCode=v, VISITOR",
    "https://data.kameleoon.io/map/map?key=v, VISITOR",
    "https://api.kameleoon.com/elsewhere, OTHER",
  })
  void type_ofRequest_isThatOfItsAddress(String url, Type type) {
    assertThat(PlatformTraffic.typeOf(get(url))).isEqualTo(type);
  }
}
