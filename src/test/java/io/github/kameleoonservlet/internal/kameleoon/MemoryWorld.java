package io.github.kameleoonservlet.internal.kameleoon;

import com.kameleoon.KameleoonException;
import com.kameleoon.configuration.DataFile;
import com.kameleoon.configuration.FeatureFlag;
import com.kameleoon.data.CustomData;
import com.kameleoon.managers.data.DataManager;
import com.kameleoon.managers.tracking.TrackingManager;
import com.kameleoon.network.netprovider.NetProvider;
import io.github.kameleoonservlet.internal.decision.PlatformSettings;
import io.github.kameleoonservlet.internal.targeting.RequestFacts;
import io.github.kameleoonservlet.internal.targeting.TestFacts;
import java.io.StringReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.json.Json;
import javax.json.JsonObject;
import org.apache.hc.client5.http.async.methods.SimpleHttpRequest;

/**
 * A client of the SDK that sends only when {@link #send()} is called, and keeps the sent lines.
 * Decides as the library does, or by a call of the SDK's own {@code getFeatureVariationKey} for
 * each exposure.
 */
final class MemoryWorld implements AutoCloseable {

  private static final Pattern NONCE = Pattern.compile("nonce=([0-9A-F]{16})");

  private final boolean library;
  private final VisitorContexts contexts = new VisitorContexts(3_600_000, 100_000);
  private final SdkClient client;
  private final RequestTargeting targeting;
  private final DataManager data;
  private final TrackingManager tracking;
  private final List<String> lines = new ArrayList<>();
  private final List<String> nonces = new ArrayList<>();
  private int removed;

  MemoryWorld(Path dataFile, boolean library, int rememberedVisitors) throws Exception {
    this.library = library;
    PlatformSettings settings =
        PlatformSettings.offline(dataFile.toString()).remembering(rememberedVisitors);
    OfflineNetwork network = OfflineNetwork.open(settings.dataFile());
    NetProvider listening =
        WatchedNetwork.around(
            network,
            (request, answer) -> {
              keep(request);
              return true;
            });
    client = SdkClients.own(SdkConfig.of(settings), listening);
    data = (DataManager) SdkInternals.read(client.sdk(), "dataManager");
    tracking = (TrackingManager) SdkInternals.read(client.sdk(), "trackingManager");
    targeting = (RequestTargeting) SdkInternals.read(client.sdk(), "targetingManager");
    // Only ends the timer of the SDK.
    tracking.cleanup();
    if (library) {
      contexts.setCurrentClient(client);
      client.restoreWith(contexts.restorerOf(client.sdk(), new SdkFailures()));
    }
  }

  private synchronized void keep(SimpleHttpRequest request) {
    for (String line : request.getBodyText().split("\n")) {
      Matcher nonce = NONCE.matcher(line);
      while (nonce.find()) {
        nonces.add(nonce.group(1));
      }
      lines.add(NONCE.matcher(line).replaceAll("nonce=N"));
    }
  }

  String read(String code, String feature, boolean exposure, RequestFacts facts)
      throws KameleoonException {
    introduce(code);
    if (library || !exposure) {
      return client.decide(code, feature, exposure, facts).getKey();
    }
    FeatureFlag flag = data.getDataFile().getFeatureFlag(feature);
    DecisionData request =
        new DecisionData(
            code, feature, facts, targeting.visitorData(), new CustomDataNames()::index);
    return targeting.decideFor(
        new SegmentResults(targeting.rules(flag), request),
        () -> client.sdk().getFeatureVariationKey(code, feature));
  }

  void userAgent(String code, String value) throws KameleoonException {
    contexts.remember(code, TestFacts.NONE.withUserAgent(value));
    introduce(code);
  }

  void consent(String code, boolean granted) throws KameleoonException {
    if (granted) {
      contexts.remember(code, TestFacts.NONE.withConsent());
    } else {
      contexts.refuse(code);
    }
    introduce(code);
  }

  private void introduce(String code) throws KameleoonException {
    contexts.giveTo(client.sdk(), code);
  }

  void customData(String code, int index, String value) throws KameleoonException {
    introduce(code);
    client.sdk().addData(code, new CustomData(index, value));
  }

  void conversion(String code, int goal) throws KameleoonException {
    introduce(code);
    client.sdk().trackConversion(code, goal, 0);
  }

  /** Removes the idle visitors of the library's client, as after two minutes. */
  void removeIdle() {
    IdleVisitors idle = client.internals().idleVisitors();
    int before = idle.knownVisitors();
    idle.remove(System.currentTimeMillis() + 120_000);
    removed += before - idle.knownVisitors();
  }

  /** Returns the number of removed visitors. */
  int removed() {
    return removed;
  }

  String engineTrackingCode(String code) throws KameleoonException {
    return client.sdk().getEngineTrackingCode(code);
  }

  void dataFile(JsonObject json) {
    data.setDataFile(new DataFile(json, null));
  }

  /** Parses a data file. Slow, because each call searches for a JSON library. */
  static JsonObject json(String dataFile) {
    return Json.createReader(new StringReader(dataFile)).readObject();
  }

  /** Sends the pending events, and returns the lines since the last call. */
  synchronized List<String> send() {
    tracking.trackAll();
    List<String> sent = List.copyOf(lines);
    lines.clear();
    return sent;
  }

  /** Returns the nonces of all lines. */
  List<String> nonces() {
    return nonces;
  }

  @Override
  public void close() {
    client.close(Duration.ofSeconds(1));
  }
}
