package io.github.kameleoonservlet.benchmark;

import com.launchdarkly.sdk.LDContext;
import com.launchdarkly.sdk.server.Components;
import com.launchdarkly.sdk.server.LDClient;
import com.launchdarkly.sdk.server.LDConfig;
import com.launchdarkly.sdk.server.integrations.FileData;
import com.launchdarkly.sdk.server.subsystems.EventSender;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;

/** LaunchDarkly's SDK with a flag from a file; its events are discarded. */
final class LaunchDarklyDecider implements Decider<LDContext> {

  /** More events than a turn sends, because a full queue drops events, which costs less. */
  private static final int EVENTS = 100_000;

  private static final String FLAGS =
      """
      {"flags": {"%1$s": {
        "key": "%1$s", "version": 1, "on": true, "salt": "benchmark",
        "variations": ["control", "treatment"], "offVariation": 0,
        "fallthrough": {"rollout": {"variations": [
          {"variation": 0, "weight": 50000}, {"variation": 1, "weight": 50000}]}}}}}""";

  private static final String FEATURE = BenchmarkDataFile.feature(0);

  private final LDClient client;

  LaunchDarklyDecider(Path directory) throws IOException {
    Path flags = Files.writeString(directory.resolve("flags.json"), FLAGS.formatted(FEATURE));
    client =
        new LDClient(
            "none",
            new LDConfig.Builder()
                .dataSource(FileData.dataSource().filePaths(flags))
                .events(
                    Components.sendEvents().capacity(EVENTS).eventSender(context -> new Nowhere()))
                .diagnosticOptOut(true)
                .build());
    if (!client.isInitialized()) {
      throw new IllegalStateException("LaunchDarkly's SDK did not read " + flags);
    }
  }

  @Override
  public String title() {
    return "LaunchDarkly's SDK";
  }

  @Override
  public LDContext visitor(String code) {
    return LDContext.create(code);
  }

  @Override
  public String decide(LDContext visitor) {
    return client.stringVariation(FEATURE, visitor, "off");
  }

  @Override
  public void close() throws IOException {
    client.close();
  }

  /** Accepts every event. */
  private static final class Nowhere implements EventSender {

    @Override
    public Result sendAnalyticsEvents(byte[] data, int count, URI uri) {
      return Result.SUCCESS;
    }

    @Override
    public Result sendDiagnosticEvent(byte[] data, URI uri) {
      return Result.SUCCESS;
    }

    @Override
    public void close() {}
  }
}
