package io.github.kameleoonservlet.internal.kameleoon;

import com.kameleoon.KameleoonClient;
import com.kameleoon.KameleoonException;
import io.github.kameleoonservlet.decision.Reason;
import io.github.kameleoonservlet.decision.RuleExplanation;
import io.github.kameleoonservlet.decision.Variation;
import io.github.kameleoonservlet.internal.targeting.RequestFacts;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A client of the SDK, and its internals if they are those of 4.5.0. With other internals {@link
 * OtherSdk} decides. Thread-safe.
 */
final class SdkClient {

  private static final Logger LOG = LoggerFactory.getLogger(SdkClient.class);

  /** The longest tracking interval of SDK 4.5.0, with a reserve for the request. */
  private static final Duration LAST_INTERVAL = Duration.ofMillis(1_250);

  private static final long POLL_MILLIS = 10;

  private final KameleoonClient client;
  private final @Nullable SdkInternals internals;
  private final @Nullable Runnable release;
  private final OtherSdk other;
  private final CustomDataNames customDataNames = new CustomDataNames();
  private final SdkVariables variables;

  /**
   * Creates an instance for a client.
   *
   * @param internals null if they differ from 4.5.0
   * @param release releases the client; null for a client that other code has created
   */
  SdkClient(KameleoonClient client, @Nullable SdkInternals internals, @Nullable Runnable release) {
    this.client = client;
    this.internals = internals;
    this.release = release;
    this.other = new OtherSdk(client);
    this.variables = new SdkVariables(client);
  }

  /**
   * Returns the internals of a client; null if they differ from 4.5.0.
   *
   * @param maxVisitors the number of visitors whose decisions are remembered
   */
  static @Nullable SdkInternals internalsOf(KameleoonClient client, int maxVisitors) {
    try {
      return new SdkInternals(client, maxVisitors);
    } catch (VirtualMachineError e) {
      throw e;
    } catch (Throwable e) {
      return null;
    }
  }

  KameleoonClient sdk() {
    return client;
  }

  /** Returns the internals of the client; null if they differ from 4.5.0. */
  @Nullable SdkInternals internals() {
    return internals;
  }

  /**
   * Begins to watch the requests and the data file of the client, if its internals are those of
   * 4.5.0.
   */
  void watch(PlatformTraffic traffic) {
    if (internals == null) {
      return;
    }
    traffic.follow(internals::dataFile, release != null);
    try {
      internals.watch(traffic);
    } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
      LOG.debug(
          "Cannot watch the requests to Kameleoon, which the status does not show: {}",
          SdkFailures.message(e));
    }
  }

  /**
   * Returns the number of events that the client has not delivered; 0 if the internals differ from
   * 4.5.0.
   */
  long undelivered() {
    return internals == null ? 0 : internals.undelivered();
  }

  /** Returns the indexes of custom data by name. */
  CustomDataNames customDataNames() {
    return customDataNames;
  }

  /** Returns whether the data file has arrived. */
  boolean ready() {
    // In SDK 4.5.0 waitInit() also completes on a time-out. Only the features prove a data file.
    return !client.getFeatureList().isEmpty();
  }

  /** Returns whether other code has stopped the client. */
  boolean stopped() {
    return internals != null && internals.stopped();
  }

  /** Ends the remaining threads of a stopped client. Waits up to one second. */
  void stop() {
    if (internals != null) {
      internals.stop();
    }
  }

  /**
   * Removes the library's parts from the client, which must not decide for the library afterwards.
   */
  void detach() {
    if (internals != null) {
      internals.release();
    }
  }

  /** Decides a feature. Tracks the exposure only if {@code exposure} is true. */
  Variation decide(String code, String featureKey, boolean exposure, RequestFacts facts)
      throws KameleoonException {
    if (internals != null) {
      return internals.decide(code, featureKey, exposure, facts, customDataNames::index);
    }
    OtherSdkDecision decided = other.decide(code, featureKey, exposure, facts);
    return Variation.of(
        featureKey,
        decided.key(),
        decided.id(),
        decided.experimentId(),
        variables.of(featureKey, decided.key()),
        decided.reason());
  }

  /**
   * Returns a variation of a feature by its key, for a preview. With other internals than those of
   * 4.5.0, empty for a disabled feature, and without ids.
   */
  Optional<Variation> variation(String featureKey, String variationKey) throws KameleoonException {
    if (internals != null) {
      return NamedVariations.find(internals.dataFile(), featureKey, variationKey);
    }
    try {
      Map<String, @Nullable Object> values =
          Variables.plain(client.getFeatureVariationVariables(featureKey, variationKey));
      return Optional.of(
          Variation.of(featureKey, variationKey, null, null, values, Reason.PREVIEW));
    } catch (KameleoonException.FeatureVariationNotFound e) {
      // A feature need not declare the variation "off".
      return variationKey.equals(Variation.OFF)
          ? Optional.of(Variation.off(featureKey, Reason.PREVIEW))
          : Optional.empty();
    } catch (KameleoonException.FeatureNotFound | KameleoonException.FeatureEnvironmentDisabled e) {
      return Optional.empty();
    }
  }

  /** Returns a variation of a feature by its ids; empty if the internals differ from 4.5.0. */
  Optional<Variation> variation(String featureKey, int experimentId, int variationId) {
    return internals == null
        ? Optional.empty()
        : NamedVariations.find(internals.dataFile(), featureKey, experimentId, variationId);
  }

  /** Returns the explanations of a feature's rules; empty if the internals differ from 4.5.0. */
  List<RuleExplanation> explain(String code, String featureKey, RequestFacts facts)
      throws KameleoonException {
    return internals == null
        ? List.of()
        : internals.explain(code, featureKey, facts, customDataNames::index);
  }

  /**
   * Starts to remove idle visitors from the SDK's memory.
   *
   * @param restorer restores removed visitors
   */
  void restoreWith(IdleVisitors.Restorer restorer) {
    if (internals != null) {
      internals.idleVisitors().restoreWith(restorer);
    }
  }

  /** Records that the SDK has a visitor because of this library. */
  void added(String code) {
    if (internals != null) {
      internals.idleVisitors().added(code);
    }
  }

  /** Returns the faults that decisions of a feature have met, one sentence each. */
  Set<String> notes(String featureKey) {
    return internals == null ? Set.of() : internals.notes(featureKey);
  }

  /**
   * Delivers pending events, and then releases the client, even if the delivery fails. A client
   * that other code created is not released. An interrupt ends the waiting.
   *
   * @return the number of events that were not delivered; 0 if other code created the client and
   *     thus delivers the events, or if the internals differ from 4.5.0
   */
  long close(Duration atMost) {
    if (release == null) {
      detach();
      return 0;
    }
    try {
      return deliver(atMost);
    } finally {
      releaseClient(release);
    }
  }

  /**
   * Releases the client without an interrupt, and restores the interrupt afterwards. An interrupted
   * thread would close the selectors of the SDK's HTTP client, whose threads would log a
   * ClosedSelectorException (httpcore5 from 5.4 on).
   */
  private void releaseClient(Runnable release) {
    boolean interrupted = Thread.interrupted();
    try {
      release.run();
    } catch (VirtualMachineError e) {
      throw e;
    } catch (Throwable e) {
      SdkFailures.closingFailed(e);
    }
    detach();
    stop();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private long deliver(Duration atMost) {
    try {
      if (internals == null) {
        Duration wait = atMost.compareTo(LAST_INTERVAL) < 0 ? atMost : LAST_INTERVAL;
        Thread.sleep(wait.toMillis());
      } else if (!internals.stopped()) {
        drain(internals, atMost);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (VirtualMachineError e) {
      throw e;
    } catch (Throwable e) {
      LOG.warn(
          "Kameleoon's SDK did not send its pending events, which may be lost: {}",
          SdkFailures.message(e));
    }
    return undelivered();
  }

  private static void drain(SdkInternals internals, Duration atMost) throws InterruptedException {
    long deadline = System.nanoTime() + atMost.toNanos();
    Future<?> sending = internals.sendPending();
    while ((!sending.isDone() || internals.transmitting() > 0) && System.nanoTime() < deadline) {
      Thread.sleep(POLL_MILLIS);
    }
  }
}
