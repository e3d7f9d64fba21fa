package io.github.kameleoonservlet.internal.kameleoon;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.github.kameleoonservlet.internal.decision.PlatformSettings;
import io.github.kameleoonservlet.internal.targeting.RequestFacts;
import io.github.kameleoonservlet.testing.RecordedLog;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tests the data file while the SDK runs: the SDK's own refresh, called at once instead of within
 * the hour.
 */
class OfflineNetworkTest {

  @TempDir Path directory;

  private final LogBridge log = LogBridge.install();
  private Path file;
  private SdkClient client;

  @BeforeEach
  void open() throws Exception {
    file = directory.resolve("data.json");
    Files.copy(DataFiles.SOUND, file);
    PlatformSettings settings = PlatformSettings.offline(file.toString());
    client = SdkClients.offline(SdkConfig.of(settings), OfflineNetwork.open(file.toString()), log);
  }

  @AfterEach
  void close() {
    client.close(Duration.ofSeconds(2));
    log.close();
  }

  private void refresh() throws Exception {
    Method update = client.sdk().getClass().getDeclaredMethod("updateConfiguration");
    update.setAccessible(true);
    update.invoke(client.sdk());
  }

  @Test
  void dataFile_changed_isUsed() throws Exception {
    Files.writeString(file, DataFiles.sound().replace("free-shipping", "cheap-shipping"));
    refresh();
    assertThat(client.sdk().getFeatureList())
        .contains("cheap-shipping")
        .doesNotContain("free-shipping");
  }

  @Test
  void dataFile_brokenLater_keepsOldFlags() throws Exception {
    Files.writeString(file, "{\"featureFlags\":[");
    refresh();
    assertThat(client.decide("v", "free-shipping", true, RequestFacts.none()).getKey())
        .isEqualTo("on");
  }

  @Test
  void dataFile_deletedLater_keepsOldFlagsAndLogsWarning() throws Exception {
    Files.delete(file);
    try (RecordedLog own = new RecordedLog("io.github.kameleoonservlet", Level.WARN)) {
      refresh();
      assertThat(own.messages(Level.WARN)).singleElement().asString().contains(file.toString());
    }
    assertThat(client.decide("v", "free-shipping", true, RequestFacts.none()).getKey())
        .isEqualTo("on");
  }
}
