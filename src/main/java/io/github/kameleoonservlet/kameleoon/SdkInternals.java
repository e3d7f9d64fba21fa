package io.github.kameleoonservlet.kameleoon;

import com.kameleoon.KameleoonClient;
import com.kameleoon.KameleoonException;
import com.kameleoon.configuration.DataFile;
import com.kameleoon.configuration.FeatureFlag;
import com.kameleoon.configuration.Rule;
import com.kameleoon.configuration.VariationByExposition;
import com.kameleoon.data.manager.AssignedVariation;
import com.kameleoon.data.manager.Visitor;
import com.kameleoon.data.manager.VisitorManager;
import com.kameleoon.managers.data.DataManager;
import com.kameleoon.managers.tracking.TrackingManager;
import com.kameleoon.network.ISendable;
import com.kameleoon.network.manager.NetworkManager;
import com.kameleoon.network.services.ConfigurationService;
import io.github.kameleoonservlet.decision.Reason;
import io.github.kameleoonservlet.decision.RuleExplanation;
import io.github.kameleoonservlet.decision.Variation;
import io.github.kameleoonservlet.targeting.RequestFacts;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
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
  private static final String PAIR = "org.apache.commons.lang3.tuple.Pair";

  private final DataManager data;
  private final VisitorManager visitors;
  private final TrackingManager tracking;
  private final ExecutorService scheduler;
  private final NetworkManager network;
  private final MethodHandle evaluate;
  private final RequestTargeting targeting;

  /**
   * Looks into a client.
   *
   * @throws ReflectiveOperationException when the client is made otherwise than that of 4.5.0; a
   *     {@code LinkageError} or {@code ClassCastException} says the same
   */
  SdkInternals(KameleoonClient client) throws ReflectiveOperationException {
    Class<?> type = client.getClass();
    data = (DataManager) read(client, "dataManager");
    visitors = (VisitorManager) read(client, "visitorManager");
    tracking = (TrackingManager) read(client, "trackingManager");
    scheduler = (ExecutorService) read(client, "scheduledExecutor");
    network = (NetworkManager) read(client, "networkManager");
    Class<?> pair = Class.forName(PAIR, false, type.getClassLoader());
    evaluate =
        MethodHandles.privateLookupIn(type, MethodHandles.lookup())
            .findVirtual(
                type,
                "calculateVariationRuleForFeature",
                MethodType.methodType(pair, String.class, FeatureFlag.class))
            .bindTo(client)
            .asType(MethodType.methodType(Map.Entry.class, String.class, FeatureFlag.class));
    // Last, so that a failure above leaves the client unchanged.
    targeting = RequestTargeting.install(client, data, visitors);
  }

  private static Object read(KameleoonClient client, String name)
      throws ReflectiveOperationException {
    Field field = client.getClass().getDeclaredField(name);
    field.setAccessible(true);
    Object value = field.get(client);
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

  /** Restores the client's own targeting. */
  void release() {
    targeting.uninstall();
  }

  /** Returns the data of a decision for a request. */
  ConditionData conditionData(
      String code,
      String featureKey,
      RequestFacts facts,
      Function<String, @Nullable Integer> customDataIndex) {
    return new ConditionData(code, featureKey, facts, targeting.visitorData(), customDataIndex);
  }

  /** Calls the SDK, which decides with the data of a request. */
  <T> T decideFor(ConditionData request, RequestTargeting.Call<T> call) throws KameleoonException {
    return targeting.decideFor(request, call);
  }

  /** Returns the notes of decisions about a feature, one sentence each. */
  Set<String> notes(String featureKey) {
    return targeting.notes(featureKey);
  }

  /** Returns the explanations of a feature's rules, in their order. Saves and sends nothing. */
  List<RuleExplanation> explain(String code, String featureKey, ConditionData request)
      throws KameleoonException {
    FeatureFlag flag = data.getDataFile().getFeatureFlag(featureKey);
    Visitor visitor = visitors.getVisitor(code);
    String mapped = visitor == null ? null : visitor.getMappingIdentifier();
    return FeatureExplanation.of(
        flag, request, targeting, decidingRule(code, flag), mapped == null ? code : mapped);
  }

  private @Nullable Rule decidingRule(String code, FeatureFlag flag) throws KameleoonException {
    try {
      return (Rule) call(code, flag).getValue();
    } catch (RuntimeException e) {
      // For a rule without experimentId no rule decides, and the variation has the reason ERROR.
      return null;
    }
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
   * Decides and tracks the exposure: one call of {@code getFeatureVariationKey}. That call replaces
   * the visitor's assignment to an experiment if, and only if, a rule assigned one.
   */
  Decided decide(KameleoonClient client, String code, String featureKey) throws KameleoonException {
    FeatureFlag flag = data.getDataFile().getFeatureFlags().get(featureKey);
    List<@Nullable AssignedVariation> before = assignments(code, flag);
    String key = client.getFeatureVariationKey(code, featureKey);
    List<@Nullable AssignedVariation> after = assignments(code, flag);
    for (int i = 0; i < after.size(); i++) {
      AssignedVariation assigned = after.get(i);
      if (assigned != null && assigned != before.get(i)) {
        return new Decided(
            key, assigned.getVariationId(), assigned.getExperimentId(), Reason.ASSIGNED);
      }
    }
    boolean defaulted = flag != null && key.equals(flag.getDefaultVariationKey());
    return new Decided(key, null, null, defaulted ? Reason.DEFAULT : Reason.ASSIGNED);
  }

  private List<@Nullable AssignedVariation> assignments(String code, @Nullable FeatureFlag flag) {
    List<@Nullable AssignedVariation> found = new ArrayList<>();
    if (flag != null) {
      Visitor visitor = visitors.getVisitor(code);
      for (Rule rule : flag.getRules()) {
        Integer experiment = rule.getExperimentId();
        found.add(
            visitor == null || experiment == null
                ? null
                : visitor.getAssignedVariations().get(experiment));
      }
    }
    return found;
  }

  /** Decides by one evaluation that saves and sends nothing. */
  Decided evaluate(String code, String featureKey) throws KameleoonException {
    FeatureFlag flag = data.getDataFile().getFeatureFlag(featureKey);
    Map.Entry<?, ?> result = call(code, flag);
    Rule rule = (Rule) result.getValue();
    VariationByExposition variation = (VariationByExposition) result.getKey();
    if (variation != null) {
      return new Decided(
          variation.getVariationKey(),
          variation.getVariationId(),
          rule == null ? null : rule.getExperimentId(),
          Reason.ASSIGNED);
    }
    String key =
        rule != null && rule.isExperimentType() ? Variation.OFF : flag.getDefaultVariationKey();
    return new Decided(key, null, null, Reason.DEFAULT);
  }

  private Map.Entry<?, ?> call(String code, FeatureFlag flag) throws KameleoonException {
    try {
      return (Map.Entry<?, ?>) evaluate.invokeExact(code, flag);
    } catch (KameleoonException | RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
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
