package io.github.kameleoonservlet.internal.kameleoon;

import com.kameleoon.targeting.condition.TargetingConditionType;
import io.github.kameleoonservlet.internal.targeting.CustomDataKey;
import io.github.kameleoonservlet.internal.targeting.TargetingSettings;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/** The check of the conditions in a data file's segments. Not thread-safe. */
final class ConditionCheck {

  private static final Set<String> KNOWN = knownTypes();
  private static final String EXPRESSION = "REGULAR_EXPRESSION";
  private static final String SEGMENT = "SEGMENT";

  /** The maximum length of a checked expression: Java's compiler of expressions is recursive. */
  private static final int MAX_EXPRESSION = 1_000;

  private final TargetingSettings settings;
  private final List<Finding> findings;
  private final Map<String, Set<String>> segments = new HashMap<>();
  private final Set<Integer> suppliedCustomData = new HashSet<>();

  /** Creates a check of a data file that adds to a list of findings. */
  ConditionCheck(Map<?, ?> file, TargetingSettings settings, List<Finding> findings) {
    this.settings = settings;
    this.findings = findings;
    CustomDataNames names = new CustomDataNames();
    names.replace(DataFileJson.customDataNames(file));
    for (String configured : settings.customData()) {
      Integer index = names.index(configured);
      if (index != null) {
        suppliedCustomData.add(index);
      }
    }
    for (Map<?, ?> feature : DataFileJson.objects(file.get("featureFlags"))) {
      DataFileJson.objects(feature.get("rules")).forEach(this::learnSegment);
    }
  }

  private static Set<String> knownTypes() {
    Set<String> known = new HashSet<>();
    for (TargetingConditionType type : TargetingConditionType.values()) {
      known.add(type.name());
    }
    known.remove("UNKNOWN");
    return known;
  }

  private void learnSegment(Map<?, ?> rule) {
    // SDK 4.5.0 reads the id of a segment only if it is a string.
    if (rule.get("segment") instanceof Map<?, ?> segment
        && segment.get("id") instanceof String id) {
      Set<String> used = new HashSet<>();
      for (Map<?, ?> condition : DataFileJson.conditions(rule)) {
        if (SEGMENT.equals(condition.get("targetingType"))) {
          used.add(DataFileJson.text(condition, "segmentId"));
        }
      }
      segments.put(id, used);
    }
  }

  /** Checks the conditions of a rule, and adds the findings. */
  void check(Map<?, ?> rule, String featureKey, String where) {
    for (Map<?, ?> condition : DataFileJson.conditions(rule)) {
      String type = DataFileJson.text(condition, "targetingType");
      FindingCause missingData = missingData(type);
      if (missingData != null) {
        findings.add(new Finding(missingData, type, featureKey, where));
      }
      switch (type) {
        case "CUSTOM_DATUM" -> customDatum(condition, featureKey, where);
        case SEGMENT -> segment(condition, featureKey, where);
        default -> {}
      }
      expressions(condition, type, featureKey, where);
    }
  }

  private @Nullable FindingCause missingData(String type) {
    boolean remote = settings.remoteVisitorData();
    return switch (type) {
      case "GEOLOCATION" -> settings.geolocation() ? null : FindingCause.NO_GEOLOCATION;
      case "PAGE_TITLE" -> settings.pageTitle() ? null : FindingCause.NO_PAGE_TITLE;
      case "PAGE_VIEWS" -> remote || settings.trackPageViews() ? null : FindingCause.NO_PAGE_VIEWS;
      default ->
          RemoteNeeds.isAboutEarlierVisits(type)
              ? remote ? null : FindingCause.NO_EARLIER_VISITS
              : KNOWN.contains(type) ? null : FindingCause.UNKNOWN_CONDITION;
    };
  }

  private void customDatum(Map<?, ?> condition, String featureKey, String where) {
    String index = DataFileJson.text(condition, "customDataIndex");
    boolean supplied =
        CustomDataKey.isIndex(index) && suppliedCustomData.contains(Integer.valueOf(index));
    if (!supplied) {
      findings.add(new Finding(FindingCause.NO_CUSTOM_DATA, index, featureKey, where));
    }
  }

  private void segment(Map<?, ?> condition, String featureKey, String where) {
    String id = DataFileJson.text(condition, "segmentId");
    if (!segments.containsKey(id)) {
      findings.add(new Finding(FindingCause.MISSING_SEGMENT, id, featureKey, where));
    } else if (leadsTo(id, id, new HashSet<>())) {
      findings.add(new Finding(FindingCause.SEGMENT_CYCLE, id, featureKey, where));
    }
  }

  private boolean leadsTo(String from, String target, Set<String> visited) {
    for (String next : segments.getOrDefault(from, Set.of())) {
      if (next.equals(target) || (visited.add(next) && leadsTo(next, target, visited))) {
        return true;
      }
    }
    return false;
  }

  private void expressions(Map<?, ?> condition, String type, String featureKey, String where) {
    switch (type) {
      case "PAGE_URL", "PREVIOUS_PAGE" ->
          expression(condition, "matchType", "url", type, featureKey, where);
      case "PAGE_TITLE" -> expression(condition, "matchType", "title", type, featureKey, where);
      case "VISITOR_CODE" ->
          expression(condition, "matchType", "visitorCode", type, featureKey, where);
      case "CUSTOM_DATUM" ->
          expression(condition, "valueMatchType", "value", type, featureKey, where);
      case "COOKIE" -> {
        expression(condition, "nameMatchType", "name", type, featureKey, where);
        expression(condition, "valueMatchType", "value", type, featureKey, where);
      }
      default -> {}
    }
  }

  private void expression(
      Map<?, ?> condition, String operator, String field, String type, String key, String where) {
    String expression = DataFileJson.text(condition, field);
    if (!EXPRESSION.equals(condition.get(operator)) || expression.length() > MAX_EXPRESSION) {
      return;
    }
    try {
      Pattern.compile(expression);
    } catch (PatternSyntaxException e) {
      findings.add(new Finding(FindingCause.INVALID_EXPRESSION, type, key, where));
      return;
    }
    if (!WholeExpression.test(expression)) {
      findings.add(new Finding(FindingCause.PARTIAL_EXPRESSION, type, key, where));
    }
  }
}
