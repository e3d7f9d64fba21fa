package io.github.kameleoonservlet.kameleoon;

import com.kameleoon.data.Geolocation;
import com.kameleoon.targeting.condition.TargetingCondition;
import com.kameleoon.targeting.condition.TargetingConditionType;
import io.github.kameleoonservlet.targeting.BrowserFacts;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A condition of a data file as text. Immutable and thread-safe.
 *
 * @param type the condition's type for the SDK
 * @param kind the condition's type, as the data file names it
 * @param include false if the condition excludes
 * @param fields the other fields of the condition in the data file
 */
record ConditionText(TargetingConditionType type, String kind, boolean include, Map<?, ?> fields) {

  private static final Set<String> NOT_WANTED =
      Set.of("id", "weight", "targetingType", "isInclude", "include");

  /**
   * Describes a condition.
   *
   * @param json the conditions of the segment in the data file, in the order of the SDK's tree
   * @param position the condition's place among them
   */
  static ConditionText of(TargetingCondition condition, List<Map<?, ?>> json, int position) {
    Map<?, ?> fields = position < json.size() ? json.get(position) : Map.of();
    Object kind = fields.get("targetingType");
    return new ConditionText(
        condition.getType(),
        kind == null ? condition.getType().name() : String.valueOf(kind),
        condition.isInclude(),
        fields);
  }

  /** Returns the wanted fields, as in {@code url=/cart, matchType=CONTAINS}. */
  String wanted() {
    return fields.entrySet().stream()
        .filter(field -> !NOT_WANTED.contains(field.getKey()) && field.getValue() != null)
        .map(field -> field.getKey() + "=" + field.getValue())
        .collect(Collectors.joining(", "));
  }

  /** Returns the value of the request or the visitor; null if it has none. */
  @Nullable String found(ConditionData data) {
    return switch (type) {
      case PAGE_URL -> data.facts().pageUrl();
      case PREVIOUS_PAGE -> data.previousPage();
      case PAGE_TITLE -> data.facts().pageTitle();
      case DEVICE_TYPE -> text(data.facts().browser().device());
      case OPERATING_SYSTEM -> text(data.facts().browser().system());
      case BROWSER -> browser(data.facts().browser());
      case COOKIE -> cookies(data.facts().cookies());
      case GEOLOCATION -> place(data.geolocation(0));
      case CUSTOM_DATUM -> customDatum(data);
      default -> data.remembered(type);
    };
  }

  private static @Nullable String text(@Nullable Object value) {
    return value == null ? null : value.toString();
  }

  private static @Nullable String browser(BrowserFacts browser) {
    return browser.type() == null
        ? null
        : browser.type() + (browser.version() == null ? "" : " " + browser.version());
  }

  private static @Nullable String place(@Nullable Object data) {
    return data instanceof Geolocation place
        ? Stream.of(place.getCountry(), place.getRegion(), place.getCity())
            .filter(Objects::nonNull)
            .collect(Collectors.joining(", "))
        : null;
  }

  /** Returns only cookies whose name the condition names: an explanation shows no others. */
  private @Nullable String cookies(Map<String, String> cookies) {
    String name = String.valueOf(fields.get("name"));
    RegularExpression expression =
        "REGULAR_EXPRESSION".equals(fields.get("nameMatchType"))
            ? RegularExpression.of(name)
            : null;
    boolean contains = "CONTAINS".equals(fields.get("nameMatchType"));
    String found =
        cookies.entrySet().stream()
            .filter(
                cookie ->
                    expression != null
                        ? expression.matches(cookie.getKey())
                        : contains ? cookie.getKey().contains(name) : cookie.getKey().equals(name))
            .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
            .collect(Collectors.joining("; "));
    return found.isEmpty() ? null : found;
  }

  private @Nullable String customDatum(ConditionData data) {
    try {
      List<String> values =
          data.customDatum(Integer.parseInt(String.valueOf(fields.get("customDataIndex"))));
      return values == null ? null : String.join(", ", values);
    } catch (NumberFormatException e) {
      return null;
    }
  }
}
