package io.github.kameleoonservlet.internal.kameleoon;

import io.github.kameleoonservlet.internal.decision.PlatformSettings;
import io.github.kameleoonservlet.internal.decision.ProxyAddress;
import io.github.kameleoonservlet.internal.jars.RequiredJars;
import io.github.kameleoonservlet.internal.statistics.PlatformCounts;
import io.github.kameleoonservlet.internal.statistics.Statistics;
import io.github.kameleoonservlet.internal.targeting.TargetingSettings;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The start of Kameleoon's SDK in a web application: connects the SDK's log, and opens a provider,
 * whose client a thread of the library creates. Thread-safe.
 */
public final class SdkStart {

  private final LogBridge bridge;
  private final SdkFailures failures;
  private final PlatformCounts counts;

  private SdkStart(LogBridge bridge, @Nullable RequiredJars jars, PlatformCounts counts) {
    this.bridge = bridge;
    this.counts = counts;
    this.failures = new SdkFailures(jars);
  }

  /**
   * Opens a provider. Returns at once, even if the platform is down. If a library of the
   * application prevents the start of the SDK, one WARN names the jar, and every feature is {@code
   * off} (NOT_READY).
   *
   * @param jars the check of the jars, whose WARN takes the place of a WARN about the same jar;
   *     null without a check
   * @param counts counts the requests to the platform, and the events
   * @throws IllegalArgumentException if the configuration file or the data file cannot be used, or
   *     if credentials are missing; the message names the setting and the fault
   */
  public static KameleoonDecisionProvider open(
      PlatformSettings settings,
      TargetingSettings facts,
      @Nullable RequiredJars jars,
      PlatformCounts counts) {
    // Before the configuration, whose creation writes to the SDK's log.
    return new SdkStart(LogBridge.install(), jars, counts).provider(settings, facts);
  }

  /** Opens a provider without a check of the jars. Nothing reads the counts. */
  public static KameleoonDecisionProvider open(PlatformSettings settings, TargetingSettings facts) {
    return open(settings, facts, null, unread());
  }

  private static PlatformCounts unread() {
    return new Statistics(0).platform();
  }

  /**
   * Opens a provider for an application in which the SDK cannot work. Checks the settings. Every
   * feature is {@code off} with the reason NOT_READY permanently.
   *
   * @param counts counts the events, which are lost
   * @throws IllegalArgumentException as {@link #open}, but the data file is not read
   */
  public static KameleoonDecisionProvider neverReady(
      PlatformSettings settings, PlatformCounts counts) {
    SdkStart start = new SdkStart(LogBridge.install(), null, counts);
    try {
      SdkConfig.of(settings);
      return start.withoutClient();
    } catch (Throwable e) {
      start.bridge.close();
      throw e;
    }
  }

  /** Returns a provider with an existing client. The jars are not checked. */
  static KameleoonDecisionProvider with(
      SdkClient client,
      SdkConfig config,
      @Nullable OfflineNetwork offline,
      TargetingTasks targeting,
      LogBridge bridge) {
    return with(client, config, offline, targeting, bridge, unread());
  }

  /** Returns a provider with an existing client and with counts. */
  static KameleoonDecisionProvider with(
      SdkClient client,
      SdkConfig config,
      @Nullable OfflineNetwork offline,
      TargetingTasks targeting,
      LogBridge bridge,
      PlatformCounts counts) {
    return new SdkStart(bridge, null, counts).withClient(client, config, offline, targeting);
  }

  private KameleoonDecisionProvider provider(PlatformSettings settings, TargetingSettings facts) {
    try {
      SdkConfig config = SdkConfig.of(settings);
      String dataFile = settings.dataFile();
      TargetingTasks targeting =
          new TargetingTasks(
              facts, failures, config.sdk().sessionDurationMillis(), dataFile == null);
      if (dataFile != null) {
        OfflineNetwork offline = OfflineNetwork.open(dataFile);
        SdkClient client = SdkClients.offline(config, offline, bridge);
        return withClient(client, config, offline, targeting);
      }
      ProxyAddress proxy = config.proxy();
      return inBackground(
          proxy == null
              ? () -> SdkClients.fromFactory(config)
              : () -> SdkClients.throughProxy(config, proxy),
          config,
          targeting);
    } catch (Throwable e) {
      if (LibraryFault.find(e) != null) {
        // An incompatible library must not prevent the deployment of the application.
        KameleoonDecisionProvider never = withoutClient();
        failures.failed("Kameleoon's SDK does not start: visitors get 'off'", e);
        return never;
      }
      bridge.close();
      throw e;
    }
  }

  private KameleoonDecisionProvider withClient(
      SdkClient client,
      SdkConfig config,
      @Nullable OfflineNetwork offline,
      TargetingTasks targeting) {
    targeting.examineNewFile(client);
    return new KameleoonDecisionProvider(
        bridge,
        failures,
        contexts(config),
        targeting,
        offline,
        counts,
        changed -> ClientConnection.to(client, changed));
  }

  private KameleoonDecisionProvider inBackground(
      Supplier<SdkClient> source, SdkConfig config, TargetingTasks targeting) {
    Duration timeout = Duration.ofMillis(config.sdk().defaultTimeoutMillis());
    Supplier<SdkClient> prepared =
        () -> {
          SdkClient client = source.get();
          targeting.prepare(client, timeout);
          return client;
        };
    return new KameleoonDecisionProvider(
        bridge,
        failures,
        contexts(config),
        targeting,
        null,
        counts,
        changed -> ClientConnection.inBackground(prepared, changed, failures));
  }

  private KameleoonDecisionProvider withoutClient() {
    return new KameleoonDecisionProvider(
        bridge,
        failures,
        new VisitorContexts(0, 0),
        TargetingTasks.none(),
        null,
        counts,
        changed -> ClientConnection.none());
  }

  private static VisitorContexts contexts(SdkConfig config) {
    return new VisitorContexts(config.sdk().sessionDurationMillis(), config.rememberedVisitors());
  }
}
