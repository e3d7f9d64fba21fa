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
import com.kameleoon.targeting.TargetingObject;
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
 * The private parts of a client of SDK 4.5.0 that have no public call. Thread-safe.
 *
 * <p>Methods are found as method handles, because {@code getDeclaredMethod} would load the types of
 * all methods, including types of the servlet API.
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
  private volatile @Nullable NetworkWatch watch;

  /**
   * Reads the parts of a client, and installs the library's targeting in the client.
   *
   * @param maxVisitors the number of visitors whose decisions are remembered; beyond this number,
   *     idle visitors are removed from the SDK
   * @throws ReflectiveOperationException if the client's internals differ from 4.5.0
   * @throws LinkageError in the same case
   * @throws ClassCastException in the same case
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

  /** Returns the current data file. Each new data file is another object. */
  DataFile dataFile() {
    return data.getDataFile();
  }

  /**
   * Fetches the data file a second time as JSON, because the SDK keeps only a part of the file.
   *
   * @return completes with the JSON object, which is a {@code Map}, on a thread of the SDK
   */
  CompletableFuture<?> fetchDataFile() {
    return network.getService(ConfigurationService.class).fetchConfiguration(NO_TIME_STAMP);
  }

  /**
   * Runs a task on the SDK's thread. A request to the platform must not run on the thread of a
   * page, because it may wait for the resolution of a host name.
   *
   * @throws java.util.concurrent.RejectedExecutionException if the client is stopped
   */
  void execute(Runnable work) {
    scheduler.execute(work);
  }

  /** Limits the pages that the SDK keeps of a visitor. */
  void trimPages(String code) {
    Visitor visitor = visitors.getVisitor(code);
    if (visitor != null) {
      KnownPages.trim(visitor.getPageViewVisits());
    }
  }

  /**
   * Returns whether the client was released from the factory. A released client decides, but sends
   * no events.
   */
  boolean stopped() {
    return scheduler.isShutdown();
  }

  /**
   * Installs a watch of the client's requests.
   *
   * @throws ReflectiveOperationException if the client's network differs from 4.5.0
   */
  void watch(PlatformTraffic traffic) throws ReflectiveOperationException {
    watch = NetworkWatch.install(network, traffic);
  }

  /** Returns whether the requests of the client are watched. */
  boolean isWatched() {
    return watch != null;
  }

  /** Returns the URL from which the client fetches its data file. */
  String dataFileUrl() {
    return network.getUrlProvider().makeConfigurationUrl(network.getEnvironment(), NO_TIME_STAMP);
  }

  /**
   * Removes the library's targeting and watch from the client, and stops the removal of visitors.
   */
  void release() {
    NetworkWatch installed = watch;
    if (installed != null) {
      installed.uninstall();
    }
    idle.restoreWith(null);
    targeting.uninstall();
  }

  /**
   * Decides a feature for a request. Tracks the exposure only if {@code exposure} is true.
   *
   * @param customDataIndex returns the index of a custom datum by its index or name; null for an
   *     unknown name
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

  /** Returns the segment of a rule; null if the rule reaches every visitor. */
  @Nullable Segment segment(TargetingObject rule) {
    return targeting.segment(rule);
  }

  /** Returns the faults that decisions of a feature have met, one sentence each. */
  Set<String> notes(String featureKey) {
    return targeting.notes(featureKey);
  }

  /**
   * Ends the client's scheduler, including waiting retries, which the SDK's cleanup does not end.
   * Waits up to one second, so that the last lines of its thread reach the library's log and not
   * stdout.
   *
   * @return whether the scheduler has ended
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
   * Begins to send the pending events of all visitors, in one request.
   *
   * @return completes when the request has been started. Runs on the SDK's single thread, because
   *     the timer on this thread would otherwise send the same events again.
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

  /** Returns the number of events that are being sent. */
  long transmitting() {
    return count(ISendable::isTransmitting);
  }

  /** Returns the number of events that have not been delivered. */
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
