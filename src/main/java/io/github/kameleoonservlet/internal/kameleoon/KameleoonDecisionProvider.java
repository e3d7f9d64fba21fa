package io.github.kameleoonservlet.internal.kameleoon;

import io.github.kameleoonservlet.decision.Explanation;
import io.github.kameleoonservlet.decision.Variation;
import io.github.kameleoonservlet.identity.VisitorCode;
import io.github.kameleoonservlet.internal.decision.DecisionProvider;
import io.github.kameleoonservlet.internal.decision.PlatformSettings;
import io.github.kameleoonservlet.internal.decision.ProxyAddress;
import io.github.kameleoonservlet.internal.targeting.RequestFacts;
import io.github.kameleoonservlet.internal.targeting.TargetingSettings;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides with the vendor's SDK for Java, 4.5.0.
 *
 * <p>The client is made in the background; until its data file is there every feature is {@code
 * off} with the reason NOT_READY, and it comes to itself afterwards (10 to 13 seconds after the
 * platform is back). One read is one evaluation. Thread-safe; nothing here waits for the network
 * but {@link #close()}: two seconds at most for what is pending, and some more until the SDK's
 * threads have ended.
 */
public final class KameleoonDecisionProvider implements DecisionProvider {

  private static final Logger LOG = LoggerFactory.getLogger(KameleoonDecisionProvider.class);
  private static final Duration CLOSE_WITHIN = Duration.ofSeconds(2);

  private final LogBridge bridge;
  private final @Nullable OfflineNetwork offline;
  private final ClientConnection connection;
  private final VisitorContexts contexts;
  private final Targeting targeting;
  private final VisitorEvents visitorEvents;
  private final Decisions decisions;
  private final SdkFailures failures = new SdkFailures();
  private final EventQueue events = new EventQueue(failures);

  KameleoonDecisionProvider(
      LogBridge bridge,
      SdkConfig config,
      SdkClient client,
      @Nullable OfflineNetwork offline,
      Targeting targeting) {
    this.bridge = bridge;
    this.targeting = targeting;
    this.contexts = contexts(config);
    this.visitorEvents = new VisitorEvents(events, contexts);
    this.decisions = new Decisions(contexts, targeting, failures, offline != null);
    this.offline = offline;
    targeting.look(client);
    this.connection = ClientConnection.to(client, this::handOver);
  }

  private KameleoonDecisionProvider(
      LogBridge bridge, SdkConfig config, Supplier<SdkClient> source, Targeting targeting) {
    this.bridge = bridge;
    this.targeting = targeting;
    this.contexts = contexts(config);
    this.visitorEvents = new VisitorEvents(events, contexts);
    this.decisions = new Decisions(contexts, targeting, failures, false);
    this.offline = null;
    Duration timeout = Duration.ofMillis(config.sdk().defaultTimeoutMillis());
    this.connection =
        ClientConnection.inBackground(
            () -> {
              SdkClient client = source.get();
              targeting.prepare(client, timeout);
              return client;
            },
            this::handOver,
            failures);
  }

  private KameleoonDecisionProvider(LogBridge bridge) {
    this.bridge = bridge;
    this.contexts = new VisitorContexts(0, 0);
    this.visitorEvents = new VisitorEvents(events, contexts);
    this.targeting = Targeting.none();
    this.decisions = new Decisions(contexts, targeting, failures, false);
    this.offline = null;
    this.connection = ClientConnection.none();
  }

  private static VisitorContexts contexts(SdkConfig config) {
    return new VisitorContexts(config.sdk().sessionDurationMillis(), config.rememberedVisitors());
  }

  private void handOver(@Nullable SdkClient client) {
    events.handOver(client == null ? null : client.sdk());
    if (client != null) {
      contexts.look(client);
      client.removeIdle(contexts.of(client.sdk(), failures));
    }
  }

  /**
   * Opens a provider. Returns at once, the platform may be down; only a data file is read here. If
   * a library of the application prevents the start of the SDK, one WARN names its jar, and every
   * feature is {@code off} with the reason NOT_READY.
   *
   * @throws IllegalArgumentException when the configuration file or the data file cannot be used,
   *     or credentials are missing; the message names the setting and what was wrong
   */
  public static KameleoonDecisionProvider open(PlatformSettings settings, TargetingSettings facts) {
    // First of all: making the configuration already writes to the SDK's log.
    LogBridge bridge = LogBridge.install();
    try {
      SdkConfig config = SdkConfig.of(settings);
      String dataFile = settings.dataFile();
      Targeting targeting =
          new Targeting(facts, config.sdk().sessionDurationMillis(), dataFile == null);
      if (dataFile != null) {
        OfflineNetwork offline = OfflineNetwork.open(dataFile);
        SdkClient client = SdkClients.offline(config, offline, bridge);
        return new KameleoonDecisionProvider(bridge, config, client, offline, targeting);
      }
      ProxyAddress proxy = config.proxy();
      return new KameleoonDecisionProvider(
          bridge,
          config,
          proxy == null
              ? () -> SdkClients.fromFactory(config)
              : () -> SdkClients.throughProxy(config, proxy),
          targeting);
    } catch (Throwable e) {
      if (LibraryFault.find(e) != null) {
        // The pages of an application with an incompatible library are served without features.
        KameleoonDecisionProvider never = new KameleoonDecisionProvider(bridge);
        never.failures.failed("The SDK does not start", e);
        return never;
      }
      bridge.close();
      throw e;
    }
  }

  /**
   * Opens a provider for an application in which the SDK cannot work: it checks the settings, and
   * every feature is {@code off} with the reason NOT_READY for ever.
   *
   * @throws IllegalArgumentException as {@link #open}, but the data file is not read
   */
  public static KameleoonDecisionProvider neverReady(PlatformSettings settings) {
    LogBridge bridge = LogBridge.install();
    try {
      SdkConfig.of(settings);
      return new KameleoonDecisionProvider(bridge);
    } catch (Throwable e) {
      bridge.close();
      throw e;
    }
  }

  /** What would have been sent; empty unless the provider decides offline from a data file. */
  public Optional<OfflineTraffic> offlineTraffic() {
    return Optional.ofNullable(offline);
  }

  @Override
  public Variation decide(
      VisitorCode visitor, String featureKey, boolean exposure, RequestFacts facts) {
    contexts.remember(visitor.value(), facts);
    SdkClient client = connection.current();
    return client == null
        ? decisions.notReady(featureKey)
        : decisions.decide(client, visitor.value(), featureKey, exposure, facts);
  }

  @Override
  public Explanation explain(VisitorCode visitor, String featureKey, RequestFacts facts) {
    contexts.remember(visitor.value(), facts);
    SdkClient client = connection.current();
    return client == null
        ? Explanation.of(decisions.notReady(featureKey))
        : decisions.explain(client, visitor.value(), featureKey, facts);
  }

  @Override
  public void pageBegins(VisitorCode visitor) {
    SdkClient client = connection.current();
    if (client != null) {
      targeting.pageBegins(client, visitor.value());
    }
  }

  @Override
  public void trackPage(VisitorCode visitor, RequestFacts facts) {
    contexts.remember(visitor.value(), facts);
    // Also detects a client that other code has stopped, as the other events do.
    SdkClient client = connection.current();
    try {
      visitorEvents.page(visitor.value(), targeting.pageEvents(visitor.value(), facts), client);
    } catch (VirtualMachineError e) {
      throw e;
    } catch (Throwable e) {
      failures.failed("The SDK did not accept the events of a page", e);
    }
  }

  @Override
  public Set<String> featureKeys() {
    SdkClient client = connection.current();
    try {
      return client == null ? Set.of() : Set.copyOf(client.sdk().getFeatureList());
    } catch (VirtualMachineError e) {
      throw e;
    } catch (Throwable e) {
      failures.failed("The SDK did not list its features", e);
      return Set.of();
    }
  }

  @Override
  public void consentRefused(VisitorCode visitor) {
    contexts.refuse(visitor.value());
    SdkClient client = connection.current();
    if (client == null) {
      return;
    }
    try {
      contexts.giveTo(client.sdk(), visitor.value());
      client.seen(visitor.value());
    } catch (VirtualMachineError e) {
      throw e;
    } catch (Throwable e) {
      failures.failed("The SDK did not accept a refusal of consent", e);
    }
  }

  @Override
  public void trackConversion(VisitorCode visitor, int goalId, double revenue, RequestFacts facts) {
    contexts.remember(visitor.value(), facts);
    noticeStopped();
    visitorEvents.conversion(visitor.value(), goalId, revenue);
  }

  @Override
  public void addCustomData(
      VisitorCode visitor, int index, List<String> values, RequestFacts facts) {
    contexts.remember(visitor.value(), facts);
    noticeStopped();
    visitorEvents.customData(visitor.value(), index, values);
  }

  /**
   * Detects a client that other code has stopped, which would accept an event and never send it.
   */
  private void noticeStopped() {
    connection.current();
  }

  @Override
  public String engineTrackingCode(VisitorCode visitor) {
    SdkClient client = connection.current();
    try {
      String script = client == null ? null : client.sdk().getEngineTrackingCode(visitor.value());
      return script == null ? "" : script;
    } catch (VirtualMachineError e) {
      throw e;
    } catch (Throwable e) {
      failures.failed("The SDK did not return its engine tracking code", e);
      return "";
    }
  }

  /**
   * Delivers what is pending within two seconds, counts what could not be delivered in one line of
   * the log, ends the SDK's threads and takes our logger back. Forgets only a client that was made
   * here. May be called more than once.
   */
  @Override
  public void close() {
    try {
      long lost = connection.close(CLOSE_WITHIN) + events.drop();
      if (lost > 0) {
        LOG.warn("{} events were not delivered to Kameleoon before the application stopped", lost);
      }
    } catch (VirtualMachineError e) {
      throw e;
    } catch (Throwable e) {
      LOG.warn(
          "The Kameleoon client failed while it was closed, and may have left threads: {}",
          SdkFailures.message(e));
    } finally {
      bridge.close();
    }
  }
}
