package io.github.kameleoonservlet.internal.kameleoon;

import com.kameleoon.targeting.condition.CookieCondition;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The names of cookies that a condition matches, by the rules of SDK 4.5.0. Immutable and
 * thread-safe.
 *
 * @param name the name, a part of it, or a regular expression
 * @param isExact whether the condition names one cookie
 * @param expression the regular expression; null if the condition has none
 */
record CookieNames(String name, boolean isExact, @Nullable RegularExpression expression) {

  /** Returns the cookie names that a condition matches. */
  static CookieNames of(CookieCondition condition) {
    String name =
        String.valueOf(ConditionFields.read(condition, CookieCondition.class, "conditionName"));
    Object type = ConditionFields.read(condition, CookieCondition.class, "nameMatchType");
    return new CookieNames(
        name,
        "EXACT".equals(String.valueOf(type)),
        "REGULAR_EXPRESSION".equals(String.valueOf(type)) ? RegularExpression.of(name) : null);
  }

  /** Returns whether the names can be compared within the budget of {@link RegularExpression}. */
  boolean isAffordable(Collection<String> cookies) {
    return expression == null || expression.isAffordable(cookies);
  }

  /** Returns the matching names. Call {@link #isAffordable} first. */
  List<String> in(Collection<String> cookies) {
    if (isExact) {
      return cookies.contains(name) ? List.of(name) : List.of();
    }
    return cookies.stream()
        .filter(
            cookie ->
                expression == null ? cookie.contains(name) : expression.matchesAffordable(cookie))
        .toList();
  }
}
