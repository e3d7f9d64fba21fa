package io.github.kameleoonservlet.internal.kameleoon;

import com.kameleoon.configuration.DataFile;
import com.kameleoon.types.RemoteVisitorDataFilter;
import io.github.kameleoonservlet.internal.targeting.CustomDataKey;
import io.github.kameleoonservlet.internal.targeting.TargetingSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The examination of each new data file: logs one WARN per cause, and keeps the findings of each
 * feature. The SDK drops much of a data file when it reads the file, so the doctor fetches the file
 * once more, in the background; if that fails, the doctor examines the data that the SDK keeps.
 * Thread-safe. No method throws or waits, except {@link #awaitNames}.
 */
final class DataFileDoctor {

  private static final Logger LOG = LoggerFactory.getLogger(DataFileDoctor.class);

  private final TargetingSettings settings;
  private final boolean online;
  private volatile @Nullable DataFile seen;
  private volatile Examination latest = Examination.NONE;
  private volatile CompletableFuture<?> examination = CompletableFuture.completedFuture(null);

  /**
   * Takes the settings.
   *
   * @param online whether a network is between here and the data file
   */
  DataFileDoctor(TargetingSettings settings, boolean online) {
    this.settings = settings;
    this.online = online;
  }

  /** Examines the data file of a client, in the background, if the file is new. */
  void look(SdkClient client) {
    SdkInternals internals = client.internals();
    if (internals == null) {
      return;
    }
    DataFile now = internals.dataFile();
    if (now != seen) {
      begin(client, internals, now);
    }
  }

  private synchronized void begin(SdkClient client, SdkInternals internals, DataFile now) {
    if (now == seen) {
      return;
    }
    seen = now;
    if (now.getFeatureFlags().isEmpty()) {
      // The SDK has a data file without features until the first one has arrived.
      return;
    }
    try {
      CompletableFuture<?> begun = online ? fetchOnSdkThread(internals) : internals.fetchDataFile();
      examination =
          begun.handle(
              (raw, fault) -> {
                examine(client, now, raw);
                return null;
              });
    } catch (VirtualMachineError e) {
      throw e;
    } catch (Throwable e) {
      LOG.debug("Cannot fetch the data file to examine it: {}", SdkFailures.message(e));
      examine(client, now, null);
    }
  }

  private static CompletableFuture<?> fetchOnSdkThread(SdkInternals internals) {
    CompletableFuture<@Nullable Object> fetched = new CompletableFuture<>();
    internals.execute(
        () -> {
          try {
            CompletableFuture<?> unused =
                internals
                    .fetchDataFile()
                    .handle((raw, fault) -> fetched.complete(fault == null ? raw : null));
          } catch (RuntimeException e) {
            fetched.completeExceptionally(e);
          }
        });
    return fetched;
  }

  private void examine(SdkClient client, DataFile file, @Nullable Object raw) {
    try {
      Map<String, @Nullable Object> json;
      if (raw instanceof Map<?, ?> whole && whole.containsKey("featureFlags")) {
        json = DataFileJson.of(whole);
        learnNames(client, file, DataFileJson.customDataNames(json));
      } else {
        warnWithoutNames();
        json = DataFileJson.of(file);
      }
      publish(file, new Examination(json, DataFileCheck.check(json, settings)));
    } catch (VirtualMachineError e) {
      throw e;
    } catch (Throwable e) {
      LOG.debug("Cannot examine the data file: {}", SdkFailures.message(e));
    }
  }

  private void warnWithoutNames() {
    if (settings.customData().stream().allMatch(CustomDataKey::isIndex)) {
      LOG.debug("Cannot fetch the data file once more: examined what the SDK keeps");
    } else {
      LOG.warn(
          "Cannot fetch the data file once more: the settings customData.<name> have no effect"
              + " until another data file arrives; customData.<index> needs no fetch.");
    }
  }

  private synchronized void learnNames(
      SdkClient client, DataFile file, Map<String, Integer> names) {
    if (file == seen) {
      client.customDataNames().replace(names);
    }
  }

  private synchronized void publish(DataFile file, Examination now) {
    if (file == seen && !now.json().equals(latest.json())) {
      latest = now;
      FindingLines.of(now.findings()).forEach(LOG::warn);
    }
  }

  /** Returns the faults of a feature in the data file, one sentence each. */
  List<String> findings(String featureKey) {
    List<String> texts = new ArrayList<>();
    for (Finding finding : latest.findings()) {
      if (finding.featureKey().equals(featureKey)
          || (finding.featureKey().isEmpty() && finding.cause() == FindingCause.HOLDOUT)) {
        texts.add(finding.text());
      }
    }
    return texts;
  }

  /** Returns which remote data conditions need; null if they need none. */
  @Nullable RemoteVisitorDataFilter remoteNeeds() {
    return latest.remoteNeeds();
  }

  /**
   * Waits for the names of custom data, if a setting contains a name and the data file has arrived.
   */
  void awaitNames(SdkClient client, Duration atMost) {
    look(client);
    if (settings.customData().stream().allMatch(CustomDataKey::isIndex)) {
      return;
    }
    try {
      examination.get(atMost.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      LOG.debug("Custom data have no names yet: {}", SdkFailures.message(e));
    }
  }

  private record Examination(
      Map<String, @Nullable Object> json,
      List<Finding> findings,
      @Nullable RemoteVisitorDataFilter remoteNeeds) {

    static final Examination NONE = new Examination(Map.of(), List.of());

    Examination(Map<String, @Nullable Object> json, List<Finding> findings) {
      this(json, List.copyOf(findings), RemoteNeeds.filter(json));
    }
  }
}
