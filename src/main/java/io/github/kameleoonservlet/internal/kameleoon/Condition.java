package io.github.kameleoonservlet.internal.kameleoon;

import com.kameleoon.targeting.condition.CookieCondition;
import com.kameleoon.targeting.condition.SegmentCondition;
import com.kameleoon.targeting.condition.StringValueCondition;
import com.kameleoon.targeting.condition.TargetingCondition;
import com.kameleoon.targeting.condition.TargetingConditionType;
import io.github.kameleoonservlet.internal.outage.FirstOccurrences;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One condition of a segment. The SDK evaluates the condition. A condition that would fail or take
 * long in the SDK is not passed to the SDK. If a condition cannot be evaluated, the result is "not
 * met", for including and excluding conditions alike. Thread-safe.
 */
final class Condition {

  private static final Logger LOG = LoggerFactory.getLogger(KameleoonDecisionProvider.class);

  private final TargetingCondition condition;
  private final ConditionText text;
  private final @Nullable RegularExpression expression;
  private final @Nullable CookieNames cookieNames;
  private final @Nullable Integer segmentId;
  private final @Nullable Integer customDataIndex;
  private final boolean malformed;
  private final FirstOccurrences faults = new FirstOccurrences();

  Condition(TargetingCondition condition, ConditionText text) {
    this.condition = condition;
    this.text = text;
    this.expression = compiled(expression(condition));
    this.cookieNames =
        condition instanceof CookieCondition cookies ? CookieNames.of(cookies) : null;
    this.segmentId =
        condition instanceof SegmentCondition
            ? (Integer) ConditionFields.read(condition, SegmentCondition.class, "segmentId")
            : null;
    this.customDataIndex =
        ConditionFields.isCustomDatum(condition)
            ? (Integer) ConditionFields.read(condition, condition.getClass(), "index")
            : null;
    // The SDK converts an index that is no number to a wrong number.
    this.malformed = customDataIndex != null && !text.hasCustomDataIndex();
  }

  private static @Nullable RegularExpression compiled(@Nullable String expression) {
    return expression == null ? null : RegularExpression.of(expression);
  }

  private static @Nullable String expression(TargetingCondition condition) {
    if (condition instanceof StringValueCondition) {
      return ConditionFields.regularExpression(
          condition, StringValueCondition.class, "operator", "conditionValue");
    }
    if (condition instanceof CookieCondition) {
      return ConditionFields.regularExpression(
          condition, CookieCondition.class, "valueMatchType", "conditionValue");
    }
    return ConditionFields.isCustomDatum(condition)
        ? ConditionFields.regularExpression(condition, condition.getClass(), "operator", "value")
        : null;
  }

  /** Returns the type of the condition. */
  TargetingConditionType type() {
    return condition.getType();
  }

  /** Returns the condition as text. */
  ConditionText text() {
    return text;
  }

  /**
   * Returns the request's data for this condition, as text; null if the request has no such data.
   */
  @Nullable String found(DecisionData data) {
    return cookieNames == null ? text.found(data) : text.cookies(data.cookies(), cookieNames);
  }

  /**
   * Evaluates the condition for a request. An excluding condition is met if the data do not match.
   *
   * @param depth how many references to other segments may still be followed
   */
  Result check(DecisionData data, int experimentId, Segments segments, int depth) {
    if (condition.getType() == TargetingConditionType.UNKNOWN) {
      return Result.UNKNOWN_TYPE;
    }
    if (segmentId != null) {
      return segment(segmentId, data, experimentId, segments, depth);
    }
    if (malformed) {
      return unusable(data, segments, Result.FAILED);
    }
    if (!isReadable(expression) || (cookieNames != null && !isReadable(cookieNames.expression()))) {
      // DataFileCheck has logged the expression.
      return Result.UNREADABLE_EXPRESSION;
    }
    if (!isAffordable(data)) {
      return unusable(data, segments, Result.OVER_BUDGET);
    }
    try {
      return Result.of(
          condition.check(ConditionTypes.value(data, condition.getType(), experimentId))
              == condition.isInclude());
    } catch (RuntimeException | StackOverflowError e) {
      // The condition lacks a required field, or contains a text where the SDK expects a number.
      return unusable(data, segments, Result.FAILED);
    }
  }

  /**
   * Evaluates another segment without the SDK, which counts unknown conditions in that segment as
   * met.
   */
  private Result segment(
      int id, DecisionData data, int experimentId, Segments segments, int depth) {
    Segments.Reference other = segments.byId(id);
    if (other.isMissing()) {
      return Result.of(!condition.isInclude());
    }
    Segment segment = other.segment();
    if (segment == null) {
      return Result.of(condition.isInclude());
    }
    Boolean met = depth == 0 ? null : data.meets(segment, experimentId, depth - 1);
    return met == null
        ? unusable(data, segments, Result.FAILED)
        : Result.of(met == condition.isInclude());
  }

  private static boolean isReadable(@Nullable RegularExpression expression) {
    return expression == null || expression.isReadable();
  }

  private boolean isAffordable(DecisionData data) {
    return (cookieNames == null || cookieNames.isAffordable(data.cookies().keySet()))
        && (expression == null || expression.isAffordable(values(data)));
  }

  private Collection<String> values(DecisionData data) {
    if (cookieNames != null) {
      // The SDK compares the values of these cookies only.
      Map<String, String> cookies = data.cookies();
      return cookieNames.in(cookies.keySet()).stream().map(cookies::get).toList();
    }
    if (customDataIndex != null) {
      List<String> values = data.customDatum(customDataIndex);
      return values == null ? List.of() : values;
    }
    return ConditionTypes.texts(data, condition.getType());
  }

  private Result unusable(DecisionData data, Segments segments, Result result) {
    if (faults.isFirst()) {
      segments.note(data.featureKey(), "A condition " + condition.getType() + " " + result.note());
      LOG.warn(
          "A condition {} of the feature '{}' {}: the condition is not met for visitors with such"
              + " data. Change the segment at Kameleoon. Logged once for each data file.",
          condition.getType(),
          SdkFailures.shownKey(data.featureKey()),
          result.note());
    }
    return result;
  }

  /** The result of a condition. */
  enum Result {
    MET(true, null),
    NOT_MET(false, null),
    UNKNOWN_TYPE(false, "SDK 4.5.0 does not support this type"),
    UNREADABLE_EXPRESSION(false, "has a regular expression that is invalid in Java"),
    OVER_BUDGET(false, "has a regular expression that takes too long"),
    FAILED(false, "cannot be evaluated");

    private final boolean met;
    private final @Nullable String note;

    Result(boolean met, @Nullable String note) {
      this.met = met;
      this.note = note;
    }

    static Result of(boolean met) {
      return met ? MET : NOT_MET;
    }

    boolean isMet() {
      return met;
    }

    /** Returns why the condition is not met; null if the data explain the result. */
    @Nullable String note() {
      return note;
    }
  }
}
