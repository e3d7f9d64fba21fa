package io.github.kameleoonservlet.internal.kameleoon;

import com.kameleoon.data.CustomData;
import com.kameleoon.targeting.condition.TargetingConditionType;
import io.github.kameleoonservlet.internal.targeting.RequestFacts;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The data of one decision: the request's data, and the SDK's data of the visitor. Not thread-safe.
 */
final class DecisionData {

  private final String code;
  private final String featureKey;
  private final RequestFacts facts;
  private final VisitorData visitor;
  private final Function<String, @Nullable Integer> customDataIndex;
  private final Map<Segment, Optional<Boolean>> segments = new HashMap<>();

  /**
   * Creates the data of a decision.
   *
   * @param featureKey the feature that is decided
   * @param visitor the data that the SDK keeps of visitors
   * @param customDataIndex returns the index of a custom datum by its index or name; null for an
   *     unknown name
   */
  DecisionData(
      String code,
      String featureKey,
      RequestFacts facts,
      VisitorData visitor,
      Function<String, @Nullable Integer> customDataIndex) {
    this.code = code;
    this.featureKey = featureKey;
    this.facts = facts;
    this.visitor = visitor;
    this.customDataIndex = customDataIndex;
  }

  String code() {
    return code;
  }

  String featureKey() {
    return featureKey;
  }

  RequestFacts facts() {
    return facts;
  }

  /** Returns the SDK's data of the visitor for conditions of a type; null if there are no data. */
  @Nullable Object kept(TargetingConditionType type, int experimentId) {
    return visitor.of(type, code, experimentId);
  }

  /** Returns the visitor's past at the time when the request first used the past. */
  PastVisits past() {
    return PastVisits.of(facts, visitor, code);
  }

  /**
   * Returns whether the visitor meets another segment. A decision evaluates each segment at most
   * once, because a segment may be referenced many times. Returns null while that segment is being
   * evaluated, which means that segments refer to each other in a circle.
   */
  @Nullable Boolean meets(Segment segment, int experimentId, int depth) {
    Optional<Boolean> known = segments.get(segment);
    if (known != null) {
      return known.orElse(null);
    }
    segments.put(segment, Optional.empty());
    boolean met = segment.isMet(this, experimentId, depth);
    segments.put(segment, Optional.of(met));
    return met;
  }

  /** Returns the cookies that conditions can compare. */
  Map<String, String> cookies() {
    return facts.cookies();
  }

  /**
   * Returns custom data by index. Data that the application added replace data of the settings.
   * Data of the settings replace data that the SDK keeps.
   */
  @Nullable Object customData(int experimentId) {
    Object known = kept(TargetingConditionType.CUSTOM_DATUM, experimentId);
    Map<String, List<String>> ofSettings = facts.customData();
    Map<Integer, List<String>> added = facts.addedCustomData();
    if (ofSettings.isEmpty() && added.isEmpty()) {
      return known;
    }
    Map<Object, Object> all = known instanceof Map<?, ?> map ? new HashMap<>(map) : new HashMap<>();
    ofSettings.forEach(
        (key, values) -> {
          Integer index = customDataIndex.apply(key);
          if (index != null) {
            all.put(index, new CustomData(index, values));
          }
        });
    added.forEach((index, values) -> all.put(index, new CustomData(index, values)));
    return all;
  }

  /** Returns the values of a custom datum; null if there are none. */
  @Nullable List<String> customDatum(int index) {
    Object all = customData(0);
    Object datum = all instanceof Map<?, ?> map ? map.get(index) : null;
    return datum instanceof CustomData values ? List.of(values.getValues()) : null;
  }

  /**
   * Returns the values of a custom datum from settings or application; null if neither has a value.
   */
  @Nullable List<String> customDatumOfRequest(int index) {
    List<String> added = facts.addedCustomData().get(index);
    if (added != null) {
      return added;
    }
    return facts.customData().entrySet().stream()
        .filter(datum -> Integer.valueOf(index).equals(customDataIndex.apply(datum.getKey())))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse(null);
  }
}
