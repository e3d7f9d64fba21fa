package io.github.kameleoonservlet.internal.kameleoon;

import com.kameleoon.KameleoonClient;
import com.kameleoon.KameleoonException;
import com.kameleoon.configuration.DataFile;
import com.kameleoon.data.manager.Visitor;
import com.kameleoon.data.manager.VisitorManager;
import com.kameleoon.managers.data.DataManager;
import com.kameleoon.managers.tracking.TrackingManager;
import com.kameleoon.network.ISendable;
import com.kameleoon.network.manager.NetworkManager;
import com.kameleoon.network.services.ConfigurationService;
import io.github.kameleoonservlet.decision.RuleExplanation;
import io.github.kameleoonservlet.decision.Variation;
import io.github.kameleoonservlet.internal.targeting.RequestFacts;
import java.lang.invoke.MethodHandle;
import java.lang.reflect.Field;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Looks into a client of SDK 4.5.0 for what its public interface does not tell. Thread-safe.
 *
 * <p>Method handles instead of {@code getDeclaredMethod}: the latter loads the types of all
 * methods, those of the servlet API among them.
 */
final class SdkInternals {

  private static final int NO_TIME_STAMP = -1;

  private final DataManager data;
  private final VisitorManager visitors;
  private final TrackingManager tracking;
  private final ScheduledExecutorService scheduler;
  private final NetworkManager network;
  private final RequestTargeting targeting;
  private final IdleVisitors idle;
  private final SdkDecisions decisions;

  /**
   * Looks into a client.
   *
   * @param maxVisitors the number of visitors whose decisions are remembered, and from which on
   *     idle visitors are removed from the SDK
   * @throws ReflectiveOperationException when the client is made otherwise than that of 4.5.0; a
   *     {@code LinkageError} or {@code ClassCastException} says the same
   */
  SdkInternals(KameleoonClient client, int maxVisitors) throws ReflectiveOperationException {
    data = (DataManager) read(client, "dataManager");
    visitors = (VisitorManager) read(client, "visitorManager");
    tracking = (TrackingManager) read(client, "trackingManager");
    scheduler = (ScheduledExecutorService) read(client, "scheduledExecutor");
    network = (NetworkManager) read(client, "networkManager");
    PendingCodes pending = new PendingCodes(tracking);
    ConcurrentMap<String, Visitor> memory = memory(visitors);
    MethodHandle engine = SdkDecisions.engine(client);
    // Last, so that a failure above leaves the client unchanged.
    targeting = RequestTargeting.install(client, data, visitors);
    idle =
        new IdleVisitors(memory, pending, scheduler, targeting::comparesAssignments, maxVisitors);
    decisions =
        new SdkDecisions(
            client,
            engine,
            data,
            targeting,
            new Exposures(visitors, tracking, idle),
            idle,
            maxVisitors);
  }

  @SuppressWarnings("unchecked") // as VisitorManagerImpl of 4.5.0 declares it
  private static ConcurrentMap<String, Visitor> memory(VisitorManager visitors)
      throws ReflectiveOperationException {
    return (ConcurrentMap<String, Visitor>) read(visitors, "visitors");
  }

  static Object read(Object part, String name) throws ReflectiveOperationException {
    Field field = part.getClass().getDeclaredField(name);
    field.setAccessible(true);
    Object value = field.get(part);
    if (value == null) {
      throw new NoSuchFieldException(name);
    }
    return value;
  }

  /** The data file of now; another object for each that arrives. */
  DataFile dataFile() {
    return data.getDataFile();
  }

  /**
   * Fetches the data file once more, as JSON: the SDK keeps only the parts that it uses.
   *
   * @return completes with the JSON object, which is a {@code Map}, on a thread of the SDK
   */
  CompletableFuture<?> fetchDataFile() {
    return network.getService(ConfigurationService.class).fetchConfiguration(NO_TIME_STAMP);
  }

  /**
   * Does something on the SDK's own thread: a request to the platform may wait for the name of a
   * host on the thread that makes it.
   *
   * @throws java.util.concurrent.RejectedExecutionException if the client is stopped
   */
  void execute(Runnable work) {
    scheduler.execute(work);
  }

  /** Bounds the pages that the SDK keeps of a visitor. */
  void trimPages(String code) {
    Visitor visitor = visitors.getVisitor(code);
    if (visitor != null) {
      KnownPages.trim(visitor.getPageViewVisits());
    }
  }

  /** Whether somebody has forgotten the client: it decides on, but sends nothing any more. */
  boolean stopped() {
    return scheduler.isShutdown();
  }

  /** Restores the client's own targeting and memory. */
  void release() {
    idle.restoreWith(null);
    targeting.uninstall();
  }

  /**
   * Decides a feature for a request, and tracks the exposure or sends nothing.
   *
   * @param customDataIndex the index of a custom datum by index or name; null if there is none
   */
  Variation decide(
      String code,
      String featureKey,
      boolean exposure,
      RequestFacts facts,
      Function<String, @Nullable Integer> customDataIndex)
      throws KameleoonException {
    return decisions.decide(
        code, featureKey, exposure, () -> conditionData(code, featureKey, facts, customDataIndex));
  }

  /** Returns the explanations of a feature's rules, in their order. Saves and sends nothing. */
  List<RuleExplanation> explain(
      String code,
      String featureKey,
      RequestFacts facts,
      Function<String, @Nullable Integer> customDataIndex)
      throws KameleoonException {
    return decisions.explain(
        code, featureKey, conditionData(code, featureKey, facts, customDataIndex));
  }

  private DecisionData conditionData(
      String code,
      String featureKey,
      RequestFacts facts,
      Function<String, @Nullable Integer> customDataIndex) {
    return new DecisionData(code, featureKey, facts, targeting.visitorData(), customDataIndex);
  }

  /** Returns the visitors that the SDK has because of this library. */
  IdleVisitors idleVisitors() {
    return idle;
  }

  /** Returns the notes of decisions about a feature, one sentence each. */
  Set<String> notes(String featureKey) {
    return targeting.notes(featureKey);
  }

  /**
   * Ends the client's scheduler, retries in waiting included, which the SDK's own cleanup lets run,
   * and waits up to a second for its last words: they shall reach our log and not stdout.
   *
   * @return whether it has ended
   */
  boolean stop() {
    scheduler.shutdownNow();
    try {
      return scheduler.awaitTermination(1, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /**
   * Begins to send what visitors have pending, in one request.
   *
   * @return done when the request is under way; on the SDK's own one thread, because the timer
   *     there would send the same events once more
   */
  Future<?> sendPending() {
    return scheduler.submit(
        () -> {
          for (Map.Entry<String, Visitor> visitor : visitors) {
            if (visitor.getValue().getUnsentData().findAny().isPresent()) {
              tracking.addVisitorCode(visitor.getKey());
            }
          }
          tracking.trackAll();
        });
  }

  /** How many events are on their way. */
  long transmitting() {
    return count(ISendable::isTransmitting);
  }

  /** How many events have not been delivered. */
  long undelivered() {
    return count(event -> !event.isSent());
  }

  private long count(Predicate<ISendable> which) {
    long count = 0;
    for (Map.Entry<String, Visitor> visitor : visitors) {
      count += visitor.getValue().getData().filter(Objects::nonNull).filter(which).count();
    }
    return count;
  }
}
