package io.github.kameleoonservlet.internal.kameleoon;

import com.kameleoon.configuration.DataFile;
import com.kameleoon.configuration.FeatureFlag;
import com.kameleoon.configuration.Rule;
import com.kameleoon.targeting.TargetingObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A data file as plain maps and lists. */
final class DataFileJson {

  private DataFileJson() {}

  /** Returns the platform's JSON object as plain values. */
  static Map<String, @Nullable Object> of(Map<?, ?> raw) {
    return Variables.plain(raw);
  }

  /**
   * Returns the part of a data file that SDK 4.5.0 keeps (features, rules and segments, without
   * variables), in the structure of the data file.
   */
  static Map<String, @Nullable Object> of(DataFile parsed) {
    List<Map<String, @Nullable Object>> features = new ArrayList<>();
    for (FeatureFlag flag : parsed.getFeatureFlags().values()) {
      List<Map<String, @Nullable Object>> rules = new ArrayList<>();
      flag.getRules().forEach(rule -> rules.add(of(rule)));
      Map<String, @Nullable Object> feature = new LinkedHashMap<>();
      feature.put("featureKey", flag.getFeatureKey());
      feature.put("environmentEnabled", flag.getEnvironmentEnabled());
      feature.put("rules", rules);
      features.add(feature);
    }
    Map<String, @Nullable Object> file = new LinkedHashMap<>();
    file.put("featureFlags", features);
    return file;
  }

  private static Map<String, @Nullable Object> of(Rule rule) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("id", rule.getId());
    json.put("type", rule.isTargetedDeliveryType() ? "TARGETED_DELIVERY" : "EXPERIMENTATION");
    json.put("experimentId", rule.getExperimentId());
    json.put("respoolTime", rule.getRespoolTime());
    List<Map<String, Object>> variations = new ArrayList<>();
    rule.getVariationByExpositions().forEach(variation -> variations.add(Map.of()));
    json.put("variationByExposition", variations);
    json.put("segment", ConditionFields.segment(rule));
    return json;
  }

  /** Returns the objects in an array; empty if the value is no array. */
  static List<Map<?, ?>> objects(@Nullable Object array) {
    List<Map<?, ?>> objects = new ArrayList<>();
    if (array instanceof List<?> list) {
      for (Object element : list) {
        if (element instanceof Map<?, ?> object) {
          objects.add(object);
        }
      }
    }
    return objects;
  }

  /** Returns a field's value as text; empty if the field is missing or null. */
  static String text(Map<?, ?> object, String key) {
    Object value = object.get(key);
    return value == null ? "" : value.toString();
  }

  /** Returns the conditions of a rule's segment in their order; empty without a segment. */
  static List<Map<?, ?>> conditions(Map<?, ?> rule) {
    List<Map<?, ?>> conditions = new ArrayList<>();
    if (rule.get("segment") instanceof Map<?, ?> segment
        && segment.get("conditionsData") instanceof Map<?, ?> data) {
      for (Map<?, ?> group : objects(data.get("firstLevel"))) {
        conditions.addAll(objects(group.get("conditions")));
      }
    }
    return conditions;
  }

  /** Returns the conditions of the SDK's rule in their order; empty without a segment. */
  static List<Map<?, ?>> conditions(TargetingObject rule) {
    Map<String, @Nullable Object> segment = ConditionFields.segment(rule);
    return segment == null ? List.of() : conditions(Map.of("segment", segment));
  }

  /** Returns the index of each custom datum by its name. */
  static Map<String, Integer> customDataNames(Map<?, ?> file) {
    Map<String, Integer> names = new LinkedHashMap<>();
    for (Map<?, ?> datum : objects(file.get("customData"))) {
      String name = text(datum, "name");
      if (!name.isEmpty() && datum.get("index") instanceof Number index) {
        names.put(name, index.intValue());
      }
    }
    return names;
  }
}
