package io.github.kameleoonservlet.internal.kameleoon;

import com.kameleoon.configuration.DataFile;
import com.kameleoon.types.RemoteVisitorDataFilter;
import io.github.kameleoonservlet.internal.targeting.CustomDataKey;
import io.github.kameleoonservlet.internal.targeting.TargetingSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
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
 * The examination of each new data file. Logs one WARN per cause, and keeps the findings of each
 * feature. The SDK keeps only a part of a data file, so this class fetches the file once more in
 * the background. If the fetch fails, this class examines the part that the SDK keeps. Thread-safe.
 * No method throws, and only {@link #awaitNames} waits.
 */
final class DataFileDoctor {

  private static final Logger LOG = LoggerFactory.getLogger(DataFileDoctor.class);

  private final TargetingSettings settings;
  private final boolean online;
  private volatile @Nullable DataFile seen;
  private volatile Examination latest = Examination.NONE;
  private volatile CompletableFuture<?> examination = CompletableFuture.completedFuture(null);

  /**
   * Creates an instance that has examined no data file.
   *
   * @param online false if the data file is a local file
   */
  DataFileDoctor(TargetingSettings settings, boolean online) {
    this.settings = settings;
    this.online = online;
  }

  /** Examines the data file of a client in the background, if the file is new. */
  void examineNewFile(SdkClient client) {
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
      // Until the first data file has arrived, the SDK has a data file without features.
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
      LOG.debug(
          "Cannot fetch the data file a second time: only the part that the SDK keeps"
              + " was examined");
    } else {
      LOG.warn(
          "Cannot fetch the data file a second time: the settings customData.<name>"
              + " have no effect until the next data file arrives. Use customData.<index>"
              + " to avoid the fetch.");
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
      // Not forEach(LOG::warn): java.util.logging would name ArrayList as the source of the line.
      for (String line : FindingLines.of(now.findings())) {
        LOG.warn(line);
      }
    }
  }

  /** Returns the findings about a feature, one sentence each; empty if there are none. */
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

  /** Returns the findings that concern the whole data file, one sentence each. */
  List<String> findings() {
    return latest.findings().stream()
        .filter(finding -> finding.featureKey().isEmpty())
        .map(Finding::text)
        .toList();
  }

  /**
   * Returns the names of a feature's variations by their keys; empty if the library has not read
   * the data file yet.
   */
  Map<String, String> variationNames(String featureKey) {
    Map<String, String> names = new LinkedHashMap<>();
    for (Map<?, ?> feature : DataFileJson.objects(latest.json().get("featureFlags"))) {
      if (DataFileJson.text(feature, "featureKey").equals(featureKey)) {
        for (Map<?, ?> variation : DataFileJson.objects(feature.get("variations"))) {
          names.put(DataFileJson.text(variation, "key"), DataFileJson.text(variation, "name"));
        }
      }
    }
    return names;
  }

  /** Returns the remote data that conditions need; null if no condition needs remote data. */
  @Nullable RemoteVisitorDataFilter remoteNeeds() {
    return latest.remoteNeeds();
  }

  /**
   * Waits until the names of custom data are known. Returns at once if no setting contains a name,
   * or if no data file has arrived.
   */
  void awaitNames(SdkClient client, Duration atMost) {
    examineNewFile(client);
    if (settings.customData().stream().allMatch(CustomDataKey::isIndex)) {
      return;
    }
    try {
      examination.get(atMost.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      LOG.debug("The names of custom data are not known yet: {}", SdkFailures.message(e));
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
