package io.github.kameleoonservlet.internal.api;

import io.github.kameleoonservlet.decision.ConditionExplanation;
import io.github.kameleoonservlet.decision.Explanation;
import io.github.kameleoonservlet.decision.RuleExplanation;
import io.github.kameleoonservlet.decision.Variation;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The conversion of variations and explanations to JSON. Thread-safe. */
public final class ApiJson {

  private ApiJson() {}

  /** Returns a variation as an object without the feature key. */
  public static JsonObjectBuilder variation(Variation variation) {
    return Json.createObjectBuilder()
        .add("key", variation.getKey())
        .add("id", value(variation.getId()))
        .add("experimentId", value(variation.getExperimentId()))
        .add("active", variation.isActive())
        .add("reason", variation.getReason().name())
        .add("variables", object(variation.getVariables()));
  }

  /** Returns an explanation as an object without the variation. */
  public static JsonObjectBuilder explanation(Explanation explanation) {
    JsonArrayBuilder rules = Json.createArrayBuilder();
    explanation.getRules().forEach(rule -> rules.add(rule(rule)));
    return Json.createObjectBuilder()
        .add("rules", rules)
        .add("findings", value(explanation.getFindings()));
  }

  private static JsonObjectBuilder rule(RuleExplanation rule) {
    JsonArrayBuilder conditions = Json.createArrayBuilder();
    rule.getConditions().forEach(condition -> conditions.add(condition(condition)));
    return Json.createObjectBuilder()
        .add("id", rule.getId())
        .add("experimentId", value(rule.getExperimentId()))
        .add("exposition", value(rule.getExposition()))
        .add("targeted", rule.isTargeted())
        .add("withinExposition", value(rule.getWithinExposition()))
        .add("assigned", rule.isAssigned())
        .add("expression", rule.getExpression())
        .add("conditions", conditions);
  }

  private static JsonObjectBuilder condition(ConditionExplanation condition) {
    return Json.createObjectBuilder()
        .add("number", condition.getNumber())
        .add("kind", condition.getKind())
        .add("include", condition.isInclude())
        .add("wanted", condition.getWanted())
        .add("found", value(condition.getFound()))
        .add("met", condition.isMet())
        .add("note", value(condition.getNote()));
  }

  /**
   * Returns a value as JSON: a map, collection, text, number, boolean or null. Infinity and NaN
   * become null.
   */
  public static JsonValue value(@Nullable Object value) {
    if (value == null) {
      return JsonValue.NULL;
    }
    if (value instanceof Map<?, ?> map) {
      return object(map).build();
    }
    if (value instanceof Collection<?> list) {
      JsonArrayBuilder array = Json.createArrayBuilder();
      list.forEach(element -> array.add(value(element)));
      return array.build();
    }
    if (value instanceof Boolean truth) {
      return truth ? JsonValue.TRUE : JsonValue.FALSE;
    }
    return value instanceof Number number ? number(number) : Json.createValue(value.toString());
  }

  private static JsonObjectBuilder object(Map<?, ?> map) {
    JsonObjectBuilder object = Json.createObjectBuilder();
    map.forEach((key, value) -> object.add(String.valueOf(key), value(value)));
    return object;
  }

  private static JsonValue number(Number number) {
    try {
      BigDecimal exact = new BigDecimal(number.toString());
      // Johnzon 2.0 cannot print a whole number beyond the range of long without a fraction digit.
      boolean beyondLong = exact.scale() <= 0 && exact.toBigInteger().bitLength() >= Long.SIZE;
      return Json.createValue(beyondLong ? exact.setScale(1) : exact);
    } catch (NumberFormatException e) {
      // JSON has no infinity and no NaN.
      return JsonValue.NULL;
    }
  }
}
