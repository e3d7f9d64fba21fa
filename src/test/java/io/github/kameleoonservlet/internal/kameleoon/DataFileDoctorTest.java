package io.github.kameleoonservlet.internal.kameleoon;

import static io.github.kameleoonservlet.internal.kameleoon.SegmentedFile.condition;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import com.kameleoon.configuration.DataFile;
import com.kameleoon.managers.data.DataManager;
import com.kameleoon.network.netprovider.NetProvider;
import io.github.kameleoonservlet.internal.decision.PlatformSettings;
import io.github.kameleoonservlet.internal.targeting.TargetingSettings;
import io.github.kameleoonservlet.testing.RecordedLog;
import java.io.StringReader;
import java.lang.reflect.Field;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import javax.json.Json;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFileDoctorTest {

  private static final TargetingSettings NAMED =
      new TargetingSettings(false, false, Set.of("plan"), false, false, false);

  @TempDir Path folder;
  private final LogBridge bridge = LogBridge.install();
  private final DataFileDoctor doctor = new DataFileDoctor(NAMED, false);
  private final AtomicInteger fetched = new AtomicInteger();
  private volatile boolean down;
  private RecordedLog log;
  private SdkClient client;

  @BeforeEach
  void watch() {
    log = new RecordedLog("io.github.kameleoonservlet", Level.INFO);
  }

  @AfterEach
  void close() {
    client.close(Duration.ZERO);
    bridge.close();
    log.close();
  }

  private void open(SegmentedFile file) {
    PlatformSettings settings = PlatformSettings.offline(file.in(folder).toString());
    OfflineNetwork network = OfflineNetwork.open(settings.dataFile());
    NetProvider counting =
        (NetProvider)
            Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {NetProvider.class},
                (proxy, method, arguments) -> {
                  if (method.getName().equals("runRequest")) {
                    fetched.incrementAndGet();
                    if (down) {
                      throw new IllegalStateException("no network");
                    }
                  }
                  return method.invoke(network, arguments);
                });
    client = SdkClients.own(SdkConfig.of(settings), counting);
  }

  /** Sets a data file as the SDK does when its timer has fetched the file. */
  private void refresh(SegmentedFile file) throws Exception {
    file.in(folder);
    Field field = client.sdk().getClass().getDeclaredField("dataManager");
    field.setAccessible(true);
    ((DataManager) field.get(client.sdk()))
        .setDataFile(
            new DataFile(Json.createReader(new StringReader(file.toString())).readObject(), null));
  }

  private static SegmentedFile file(String name, String type) {
    return new SegmentedFile()
        .customData("[{\"id\":7,\"index\":3,\"name\":\"" + name + "\"}]")
        .feature("banner", condition(type, ""));
  }

  @Test
  void look_sameDataFile_isFetchedOnce() {
    open(file("plan", "DAY_OF_WEEK"));
    assertThat(fetched).hasValue(1);
    for (int i = 0; i < 10; i++) {
      doctor.examineNewFile(client);
    }
    assertThat(fetched).hasValue(2);
    assertThat(log.messages(Level.WARN)).hasSize(1);
    assertThat(client.customDataNames().index("plan")).isEqualTo(3);
  }

  @Test
  void look_refreshedDataFile_isLoggedAgainOnlyIfChanged() throws Exception {
    open(file("plan", "DAY_OF_WEEK"));
    doctor.examineNewFile(client);
    refresh(file("plan", "DAY_OF_WEEK"));
    doctor.examineNewFile(client);
    assertThat(log.messages(Level.WARN)).hasSize(1);
    refresh(file("tariff", "SKY_STATUS"));
    doctor.examineNewFile(client);

    assertThat(log.messages(Level.WARN))
        .hasSize(3)
        .anyMatch(line -> line.contains("SKY_STATUS"))
        .anyMatch(line -> line.contains("plan (in the data file: tariff)"));
    assertThat(client.customDataNames().index("tariff")).isEqualTo(3);
    assertThat(client.customDataNames().index("plan")).isNull();
  }

  @Test
  void look_dataFileNotFetched_examinesCopyOfSdk() {
    open(file("plan", "DAY_OF_WEEK"));
    down = true;
    doctor.examineNewFile(client);
    doctor.examineNewFile(client);

    assertThat(fetched.get()).isGreaterThan(1);
    assertThat(log.messages(Level.WARN))
        .containsExactly(
            "Cannot fetch the data file a second time: the settings"
                + " customData.<name> have no effect until the next data file arrives. Use"
                + " customData.<index> to avoid the fetch.",
            "Data file: SDK 4.5.0 does not support the condition type DAY_OF_WEEK:"
                + " no visitor meets such a condition, even if the condition excludes."
                + " Features: banner.");
    assertThat(doctor.findings("banner")).hasSize(1);
  }
}
