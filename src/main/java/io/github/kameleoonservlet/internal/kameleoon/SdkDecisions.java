package io.github.kameleoonservlet.internal.kameleoon;

import com.kameleoon.KameleoonClient;
import com.kameleoon.KameleoonException;
import com.kameleoon.configuration.DataFile;
import com.kameleoon.configuration.FeatureFlag;
import com.kameleoon.configuration.Rule;
import com.kameleoon.configuration.VariationByExposition;
import com.kameleoon.data.manager.Visitor;
import com.kameleoon.managers.data.DataManager;
import io.github.kameleoonservlet.decision.Reason;
import io.github.kameleoonservlet.decision.RuleExplanation;
import io.github.kameleoonservlet.decision.Variation;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The decisions of the engine of SDK 4.5.0. Decisions are remembered, because the engine computes
 * two hashes for each experiment. Thread-safe.
 */
final class SdkDecisions {

  private static final String PAIR = "org.apache.commons.lang3.tuple.Pair";

  private final DataManager data;
  private final RequestTargeting targeting;
  private final Exposures exposures;
  private final IdleVisitors idle;
  private final SdkVariables variables;
  private final MethodHandle evaluate;
  private final int maxVisitors;
  private volatile DecisionMemory memory;

  /**
   * Creates an instance for a client.
   *
   * @param engine the engine of the client, as {@link #engine} finds it
   * @param maxVisitors the maximum number of visitors whose decisions are remembered; 0 remembers
   *     no decision
   */
  SdkDecisions(
      KameleoonClient client,
      MethodHandle engine,
      DataManager data,
      RequestTargeting targeting,
      Exposures exposures,
      IdleVisitors idle,
      int maxVisitors) {
    this.data = data;
    this.targeting = targeting;
    this.exposures = exposures;
    this.idle = idle;
    this.variables = new SdkVariables(client);
    this.evaluate = engine;
    this.maxVisitors = maxVisitors;
    this.memory = new DecisionMemory(data.getDataFile(), maxVisitors);
  }

  /**
   * Finds the engine's method. Returns a method handle, because {@code getDeclaredMethod} would
   * load the types of all methods, including types of the servlet API.
   *
   * @throws ReflectiveOperationException if the client differs from 4.5.0
   */
  static MethodHandle engine(KameleoonClient client) throws ReflectiveOperationException {
    Class<?> type = client.getClass();
    Class<?> pair = Class.forName(PAIR, false, type.getClassLoader());
    return MethodHandles.privateLookupIn(type, MethodHandles.lookup())
        .findVirtual(
            type,
            "calculateVariationRuleForFeature",
            MethodType.methodType(pair, String.class, FeatureFlag.class))
        .bindTo(client)
        .asType(MethodType.methodType(Map.Entry.class, String.class, FeatureFlag.class));
  }

  /**
   * Decides a feature. Tracks the exposure only if {@code exposure} is true.
   *
   * @param request creates the data of the request, which only segments need
   */
  Variation decide(String code, String featureKey, boolean exposure, Supplier<DecisionData> request)
      throws KameleoonException {
    DataFile file = data.getDataFile();
    FeatureFlag flag = file.getFeatureFlag(featureKey);
    DecisionMemory known = memoryOf(file);
    FeatureRules rules = known.rules(flag, targeting);
    SegmentResults results = rules.isTargeted() ? new SegmentResults(rules, request.get()) : null;
    String hashed = hashed(code);
    SdkDecision decision = known.find(hashed, flag, results);
    if (decision == null) {
      SegmentResults all = results == null ? new SegmentResults(rules, request.get()) : results;
      decision = evaluate(code, flag, exposure, all, known);
      if (hashed.equals(hashed(code))) {
        // If another request has changed the hashed text, the decision may belong to either text.
        known.add(hashed, rules, all, decision);
      }
    } else if (exposure) {
      Variation variation = decision.variation();
      exposures.track(code, variation.getExperimentId(), variation.getId(), decision.type());
    }
    return decision.variation();
  }

  private SdkDecision evaluate(
      String code, FeatureFlag flag, boolean exposure, SegmentResults results, DecisionMemory known)
      throws KameleoonException {
    Map.Entry<?, ?> result = targeting.decideFor(results, () -> call(code, flag));
    Rule rule = (Rule) result.getValue();
    VariationByExposition variation = (VariationByExposition) result.getKey();
    Integer experimentId = rule == null ? null : rule.getExperimentId();
    Integer variationId = variation == null ? null : variation.getVariationId();
    Rule.Type type = rule == null ? null : rule.getRuleType();
    if (exposure) {
      // Before the variables, as in the SDK's calls, because the SDK may fail to read the
      // variables.
      exposures.track(code, experimentId, variationId, type);
    }
    DecisionMemory.Assignment assignment = new DecisionMemory.Assignment(flag, rule, variation);
    SdkDecision shared = known.shared(assignment);
    if (shared == null) {
      shared = new SdkDecision(variation(flag, rule, variation), type);
      known.share(assignment, shared);
    }
    return shared;
  }

  private Variation variation(
      FeatureFlag flag, @Nullable Rule rule, @Nullable VariationByExposition variation)
      throws KameleoonException {
    String featureKey = flag.getFeatureKey();
    if (variation != null) {
      String key = variation.getVariationKey();
      return Variation.of(
          featureKey,
          key,
          variation.getVariationId(),
          rule == null ? null : rule.getExperimentId(),
          variables.of(featureKey, key),
          Reason.ASSIGNED);
    }
    String key =
        rule != null && rule.isExperimentType() ? Variation.OFF : flag.getDefaultVariationKey();
    return Variation.of(featureKey, key, null, null, variables.of(featureKey, key), Reason.DEFAULT);
  }

  /** Returns the explanations of a feature's rules, in their order. Saves and sends nothing. */
  List<RuleExplanation> explain(String code, String featureKey, DecisionData request)
      throws KameleoonException {
    DataFile file = data.getDataFile();
    FeatureFlag flag = file.getFeatureFlag(featureKey);
    SegmentResults results = new SegmentResults(memoryOf(file).rules(flag, targeting), request);
    Rule deciding = decidingRule(code, flag, results);
    return FeatureExplanation.of(flag, request, targeting, deciding, hashed(code));
  }

  private @Nullable Rule decidingRule(String code, FeatureFlag flag, SegmentResults results)
      throws KameleoonException {
    try {
      return (Rule) targeting.decideFor(results, () -> call(code, flag)).getValue();
    } catch (RuntimeException e) {
      // SDK 4.5.0 cannot decide a feature with a rule without experimentId. The variation then has
      // the reason ERROR.
      return null;
    }
  }

  /** Returns the text that the SDK hashes. Prolongs the visitor's session, as the engine does. */
  private String hashed(String code) {
    Visitor visitor = idle.visitor(code);
    if (visitor == null) {
      return code;
    }
    visitor.updateLastActivityDateTime();
    String mapped = visitor.getMappingIdentifier();
    return mapped == null ? code : mapped;
  }

  private DecisionMemory memoryOf(DataFile file) {
    DecisionMemory known = memory;
    if (!known.isOf(file)) {
      known = new DecisionMemory(file, maxVisitors);
      memory = known;
    }
    return known;
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
}
