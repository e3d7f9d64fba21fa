package io.github.kameleoonservlet.internal.kameleoon;

import com.kameleoon.KameleoonException;
import io.github.kameleoonservlet.decision.Explanation;
import io.github.kameleoonservlet.decision.Variation;
import io.github.kameleoonservlet.identity.VisitorCode;
import io.github.kameleoonservlet.internal.decision.DecisionProvider;
import io.github.kameleoonservlet.internal.decision.ExplainedFeature;
import io.github.kameleoonservlet.internal.decision.FeatureDescription;
import io.github.kameleoonservlet.internal.decision.PlatformStatus;
import io.github.kameleoonservlet.internal.statistics.PlatformCounts;
import io.github.kameleoonservlet.internal.targeting.RequestFacts;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The decisions and events of Kameleoon's SDK for Java, 4.5.0. {@link SdkStart} opens it.
 *
 * <p>Until the client has a data file, every feature is {@code off} with the reason NOT_READY. The
 * client decides again 10 to 13 seconds after an outage of the platform. Each read of a feature is
 * one evaluation. Thread-safe. Only {@link #close()} waits for the network: at most two seconds for
 * pending events, and then for the SDK's threads.
 */
public final class KameleoonDecisionProvider implements DecisionProvider {

  private static final Logger LOG = LoggerFactory.getLogger(KameleoonDecisionProvider.class);
  private static final Duration CLOSE_WITHIN = Duration.ofSeconds(2);

  private final LogBridge bridge;
  private final @Nullable OfflineNetwork offline;
  private final ClientConnection connection;
  private final VisitorContexts contexts;
  private final TargetingTasks targeting;
  private final VisitorEvents visitorEvents;
  private final Decisions decisions;
  private final SdkFailures failures;
  private final EventQueue events;
  private final PlatformTraffic traffic;
  private final PlatformReport report;

  /** The last client. Only one thread at a time hands over a client. */
  private volatile @Nullable SdkClient watched;

  /**
   * Creates a provider.
   *
   * @param bridge the log of the SDK, which the provider closes
   * @param offline the network of a client that decides from a data file, else null
   * @param counts counts the requests to the platform, and the events
   * @param connect makes the connection; its argument receives each new client, and null when the
   *     client is stopped or closed
   */
  KameleoonDecisionProvider(
      LogBridge bridge,
      SdkFailures failures,
      VisitorContexts contexts,
      TargetingTasks targeting,
      @Nullable OfflineNetwork offline,
      PlatformCounts counts,
      Function<Consumer<@Nullable SdkClient>, ClientConnection> connect) {
    this.bridge = bridge;
    this.failures = failures;
    this.events = new EventQueue(failures, counts::eventsLost);
    this.targeting = targeting;
    this.contexts = contexts;
    this.visitorEvents = new VisitorEvents(events, contexts);
    this.decisions = new Decisions(contexts, targeting, failures, offline != null);
    this.offline = offline;
    this.traffic = new PlatformTraffic(offline, counts, Instant::now);
    this.report =
        new PlatformReport(offline, traffic, events, targeting, failures, System::nanoTime);
    this.connection = connect.apply(this::handOver);
  }

  private void handOver(@Nullable SdkClient client) {
    if (client != null) {
      // Before the kept events, whose requests count.
      watch(client);
    }
    events.handOver(client == null ? null : client.sdk());
    if (client != null) {
      contexts.setCurrentClient(client);
      client.restoreWith(contexts.restorerOf(client.sdk(), failures));
    }
  }

  private void watch(SdkClient client) {
    SdkClient before = watched;
    watched = client;
    if (before != null) {
      // Other code has stopped this client, which never delivers its events.
      traffic.lost(before.undelivered());
    }
    client.watch(traffic);
  }

  /**
   * Returns the traffic that stays in this process; empty unless the setting {@code dataFile} is
   * set.
   */
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
        ? ExplainedFeature.withoutRules(decisions.notReady(featureKey))
        : decisions.explain(client, visitor.value(), featureKey, facts);
  }

  @Override
  public Optional<Variation> variation(String featureKey, String variationKey) {
    return named(client -> client.variation(featureKey, variationKey));
  }

  @Override
  public Optional<Variation> variation(String featureKey, int experimentId, int variationId) {
    return named(client -> client.variation(featureKey, experimentId, variationId));
  }

  private Optional<Variation> named(NamedVariation wanted) {
    SdkClient client = connection.current();
    try {
      return client == null ? Optional.empty() : wanted.of(client);
    } catch (VirtualMachineError e) {
      throw e;
    } catch (Throwable e) {
      failures.failed(
          "Kameleoon's SDK did not return a variation: a preview does not show the variation", e);
      return Optional.empty();
    }
  }

  /** A variation of a client. */
  @FunctionalInterface
  private interface NamedVariation {
    Optional<Variation> of(SdkClient client) throws KameleoonException;
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
    // current() also replaces a client that other code has stopped.
    SdkClient client = connection.current();
    try {
      visitorEvents.page(visitor.value(), targeting.pageEvents(visitor.value(), facts), client);
    } catch (VirtualMachineError e) {
      throw e;
    } catch (Throwable e) {
      failures.failed("Kameleoon's SDK did not accept the events of a page, which are lost", e);
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
      failures.failed("Kameleoon's SDK did not list its features: loops over them are empty", e);
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
      client.added(visitor.value());
    } catch (VirtualMachineError e) {
      throw e;
    } catch (Throwable e) {
      failures.failed(
          "Kameleoon's SDK did not accept a refusal of consent: the library sends nothing for the"
              + " visitor, but the SDK may",
          e);
    }
  }

  @Override
  public void trackConversion(VisitorCode visitor, int goalId, double revenue, RequestFacts facts) {
    contexts.remember(visitor.value(), facts);
    replaceStoppedClient();
    visitorEvents.conversion(visitor.value(), goalId, revenue);
  }

  @Override
  public void addCustomData(
      VisitorCode visitor, int index, List<String> values, RequestFacts facts) {
    contexts.remember(visitor.value(), facts);
    replaceStoppedClient();
    visitorEvents.customData(visitor.value(), index, values);
  }

  /**
   * Replaces a client that other code has stopped, because a stopped client never sends an event.
   */
  private void replaceStoppedClient() {
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
      failures.failed(
          "Kameleoon's SDK did not return its engine tracking code: pages do not report experiments"
              + " to the web SDK",
          e);
      return "";
    }
  }

  @Override
  public PlatformStatus status() {
    try {
      SdkClient client = connection.current();
      if (client != null) {
        targeting.examineNewFile(client);
      }
      return report.of(client);
    } catch (VirtualMachineError e) {
      throw e;
    } catch (Throwable e) {
      failures.failed("Kameleoon's SDK did not report its state: the status shows no platform", e);
      return report.unknown();
    }
  }

  @Override
  public List<FeatureDescription> features() {
    SdkClient client = connection.current();
    if (client == null) {
      return List.of();
    }
    try {
      targeting.examineNewFile(client);
      return FeatureDescriptions.of(client, targeting);
    } catch (OutOfMemoryError e) {
      throw e;
    } catch (Throwable e) {
      // Also a StackOverflowError: the SDK reads the conditions of a segment by recursion.
      failures.failed("Kameleoon's SDK did not describe its features: the status shows none", e);
      return List.of();
    }
  }

  /**
   * Delivers pending events within two seconds, logs the number of undelivered events, ends the
   * SDK's threads and removes the library's logger from the SDK. Releases only a client that this
   * provider created. Further calls have no effect.
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
      SdkFailures.closingFailed(e);
    } finally {
      bridge.close();
    }
  }
}
