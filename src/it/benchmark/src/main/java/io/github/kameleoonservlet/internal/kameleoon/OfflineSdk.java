package io.github.kameleoonservlet.internal.kameleoon;

import com.kameleoon.KameleoonClient;
import io.github.kameleoonservlet.internal.decision.PlatformSettings;
import java.nio.file.Path;
import java.time.Duration;

/** The unchanged SDK, which decides from a data file; for comparisons. */
public final class OfflineSdk implements AutoCloseable {

  private final LogBridge bridge;
  private final SdkClient client;

  private OfflineSdk(LogBridge bridge, SdkClient client) {
    this.bridge = bridge;
    this.client = client;
  }

  /** Starts a client with the SDK's own targeting. */
  public static OfflineSdk open(Path dataFile) {
    LogBridge bridge = LogBridge.install();
    SdkConfig config = SdkConfig.of(PlatformSettings.offline(dataFile.toString()));
    SdkClient client = SdkClients.offline(config, OfflineNetwork.open(dataFile.toString()), bridge);
    client.detach();
    return new OfflineSdk(bridge, client);
  }

  /** Returns the client. */
  public KameleoonClient client() {
    return client.sdk();
  }

  @Override
  public void close() {
    client.close(Duration.ofSeconds(2));
    bridge.close();
  }
}
