package io.github.kameleoonservlet.internal.kameleoon;

import com.kameleoon.targeting.TargetingObject;
import com.kameleoon.targeting.condition.CookieCondition;
import com.kameleoon.targeting.condition.SegmentCondition;
import com.kameleoon.targeting.condition.StringValueCondition;
import com.kameleoon.targeting.condition.TargetingCondition;
import java.lang.reflect.Field;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Access to fields of the conditions of SDK 4.5.0 that have no getter. Thread-safe. */
final class ConditionFields {

  private static final String CUSTOM_DATUM = "com.kameleoon.targeting.condition.CustomDatum";

  private ConditionFields() {}

  /**
   * Checks that the SDK has the fields.
   *
   * @throws ReflectiveOperationException if the SDK is another version
   */
  static void require() throws ReflectiveOperationException {
    accessible(StringValueCondition.class, "operator", "conditionValue");
    accessible(
        CookieCondition.class,
        "nameMatchType",
        "conditionName",
        "valueMatchType",
        "conditionValue");
    accessible(SegmentCondition.class, "segmentId");
    accessible(TargetingObject.class, "segment");
    accessible(
        Class.forName(CUSTOM_DATUM, false, TargetingCondition.class.getClassLoader()),
        "operator",
        "value",
        "index");
  }

  private static void accessible(Class<?> type, String... names)
      throws ReflectiveOperationException {
    for (String name : names) {
      type.getDeclaredField(name).setAccessible(true);
    }
  }

  /** Returns the segment of a rule as plain values; null if the rule has none. */
  static @Nullable Map<String, @Nullable Object> segment(TargetingObject rule) {
    try {
      Field field = TargetingObject.class.getDeclaredField("segment");
      field.setAccessible(true);
      return field.get(rule) instanceof Map<?, ?> json ? Variables.plain(json) : null;
    } catch (ReflectiveOperationException e) {
      // require() has found the field.
      throw new IllegalStateException(e);
    }
  }

  /**
   * Returns whether a condition compares custom data. The SDK's class of these conditions is not
   * public.
   */
  static boolean isCustomDatum(TargetingCondition condition) {
    return condition.getClass().getName().equals(CUSTOM_DATUM);
  }

  /** Returns a condition's regular expression; null if the condition has another operator. */
  static @Nullable String regularExpression(
      TargetingCondition condition, Class<?> type, String operator, String value) {
    return "REGULAR_EXPRESSION".equals(String.valueOf(read(condition, type, operator)))
        ? (String) read(condition, type, value)
        : null;
  }

  /**
   * Returns the value of a field.
   *
   * @param type the class that declares the field
   */
  static @Nullable Object read(TargetingCondition condition, Class<?> type, String name) {
    try {
      Field field = type.getDeclaredField(name);
      field.setAccessible(true);
      return field.get(condition);
    } catch (ReflectiveOperationException e) {
      // require() has found the field.
      throw new IllegalStateException(e);
    }
  }
}
