package io.github.kameleoonservlet.internal.kameleoon;

import io.github.kameleoonservlet.internal.targeting.CustomDataKey;
import io.github.kameleoonservlet.internal.targeting.TargetingSettings;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The check of a data file for functions that SDK 4.5.0 ignores, for differences between the SDKs,
 * and for conditions whose data no setting supplies. Disabled features are not checked. The names
 * of the fields come from the vendor's newer SDKs. Not thread-safe.
 */
final class DataFileCheck {

  private static final String DELIVERY = "TARGETED_DELIVERY";

  private final Map<?, ?> file;
  private final TargetingSettings settings;
  private final ConditionCheck conditions;
  private final List<Finding> findings = new ArrayList<>();

  private DataFileCheck(Map<?, ?> file, TargetingSettings settings) {
    this.file = file;
    this.settings = settings;
    this.conditions = new ConditionCheck(file, settings, findings);
  }

  /** Returns the findings in a data file of plain maps and lists. */
  static List<Finding> check(Map<?, ?> file, TargetingSettings settings) {
    DataFileCheck check = new DataFileCheck(file, settings);
    check.file();
    return check.findings;
  }

  private void file() {
    if (isSet(file, "holdout")) {
      findings.add(new Finding(FindingCause.HOLDOUT, "", "", ""));
    }
    names();
    for (Map<?, ?> feature : DataFileJson.objects(file.get("featureFlags"))) {
      if (!Boolean.FALSE.equals(feature.get("environmentEnabled"))) {
        feature(feature, DataFileJson.text(feature, "featureKey"));
      }
    }
  }

  private void names() {
    if (!file.containsKey("customData")) {
      // If the second fetch failed, the library has only the SDK's data, which contain no names.
      return;
    }
    Set<String> names = DataFileJson.customDataNames(file).keySet();
    for (String configured : settings.customData()) {
      if (!CustomDataKey.isIndex(configured) && !names.contains(configured)) {
        String known = names.isEmpty() ? "none has a name" : String.join(", ", names);
        findings.add(
            new Finding(
                FindingCause.UNKNOWN_NAME,
                configured + " (in the data file: " + known + ")",
                "",
                ""));
      }
    }
  }

  private void feature(Map<?, ?> feature, String key) {
    if (isSet(feature, "mutuallyExclusiveGroup")) {
      findings.add(new Finding(FindingCause.EXCLUSIVE_GROUP, "", key, ""));
    }
    if (isSet(feature, "bucketingCustomDataId")) {
      findings.add(new Finding(FindingCause.CUSTOM_BUCKETING, "", key, ""));
    }
    if (isSet(feature, "holdout")) {
      findings.add(new Finding(FindingCause.HOLDOUT, "", key, ""));
    }
    bandit(feature, key, "");
    for (Map<?, ?> variation : DataFileJson.objects(feature.get("variations"))) {
      for (Map<?, ?> variable : DataFileJson.objects(variation.get("variables"))) {
        if (variable.get("type") == null) {
          String name = "variable " + DataFileJson.text(variable, "key");
          findings.add(new Finding(FindingCause.NO_VARIABLE_TYPE, "", key, name));
        }
      }
    }
    for (Map<?, ?> rule : DataFileJson.objects(feature.get("rules"))) {
      rule(rule, key, "rule " + DataFileJson.text(rule, "id"));
    }
  }

  private void rule(Map<?, ?> rule, String key, String where) {
    if (rule.get("experimentId") == null) {
      findings.add(new Finding(FindingCause.NO_EXPERIMENT, "", key, where));
    }
    if (rule.get("respoolTime") instanceof Number time && time.doubleValue() == 0) {
      findings.add(new Finding(FindingCause.RESPOOL_ZERO, "", key, where));
    }
    if (DELIVERY.equals(rule.get("type"))
        && DataFileJson.objects(rule.get("variationByExposition")).size() > 1) {
      findings.add(new Finding(FindingCause.SEVERAL_DELIVERED, "", key, where));
    }
    if (rule.get("segment") == null && isSet(rule, "segmentId")) {
      findings.add(new Finding(FindingCause.UNREAD_SEGMENT, "", key, where));
    }
    bandit(rule, key, where);
    conditions.check(rule, key, where);
  }

  /**
   * Adds a finding for any field whose name or type contains "bandit". The exact name is unknown,
   * because no SDK reads a bandit from the data file: the scores come with a visitor's remote data.
   */
  private void bandit(Map<?, ?> object, String key, String where) {
    Set<String> marks = new HashSet<>();
    for (Map.Entry<?, ?> field : object.entrySet()) {
      String name = String.valueOf(field.getKey()).toLowerCase(Locale.ROOT);
      boolean typed = name.equals("type") && mentionsBandit(field.getValue());
      if (typed || (mentionsBandit(name) && isSet(field.getValue()))) {
        marks.add(name);
      }
    }
    if (!marks.isEmpty()) {
      findings.add(new Finding(FindingCause.BANDIT, "", key, where));
    }
  }

  private static boolean mentionsBandit(@Nullable Object value) {
    return String.valueOf(value).toLowerCase(Locale.ROOT).contains("bandit");
  }

  private static boolean isSet(Map<?, ?> object, String key) {
    return isSet(object.get(key));
  }

  private static boolean isSet(@Nullable Object value) {
    if (value instanceof Number number) {
      return number.doubleValue() != 0;
    }
    if (value instanceof Map<?, ?> map) {
      return !map.isEmpty();
    }
    if (value instanceof List<?> list) {
      return !list.isEmpty();
    }
    return value != null && !value.equals(false) && !value.equals("");
  }
}
