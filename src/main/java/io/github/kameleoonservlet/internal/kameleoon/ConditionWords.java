package io.github.kameleoonservlet.internal.kameleoon;

import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The words for a condition of a data file, for people who read a segment. A condition that has
 * other fields than SDK 4.5.0 reads keeps the words of the data file.
 */
final class ConditionWords {

  private static final String MATCH = "matchType";

  private final Map<?, ?> fields;

  private ConditionWords(Map<?, ?> fields) {
    this.fields = fields;
  }

  /**
   * Returns the words, for example {@code page URL contains "/cart"}; exclusion is not applied.
   * Null if there are no better words than those of the data file.
   *
   * @param kind the condition's type in the data file
   * @param fields the fields of the condition in the data file
   */
  static @Nullable String of(String kind, Map<?, ?> fields) {
    ConditionWords words = new ConditionWords(fields);
    return switch (kind) {
      case "PAGE_URL" -> words.compared("page URL", "url", MATCH);
      case "PREVIOUS_PAGE" -> words.compared("previous page", "url", MATCH);
      case "PAGE_TITLE" -> words.compared("page title", "title", MATCH);
      case "PAGE_VIEWS" -> words.compared("page views", "pageCount", MATCH);
      case "VISITS" -> words.compared("visits", "visitCount", MATCH);
      case "SAME_DAY_VISITS" -> words.compared("visits of the day", "visitCount", MATCH);
      case "DEVICE_TYPE" -> words.is("device", "device");
      case "OPERATING_SYSTEM" -> words.is("operating system", "os");
      case "NEW_VISITORS" -> words.is("visitor", "visitorType");
      case "BROWSER" -> words.browser();
      case "COOKIE" -> words.cookie();
      case "GEOLOCATION" -> words.place();
      case "CUSTOM_DATUM" -> words.customDatum();
      case "CONVERSIONS" -> words.after("conversion of goal ", "goalId");
      case "SEGMENT" -> words.after("visitor meets segment ", "segmentId");
      // The status page shows no visitor code.
      case "VISITOR_CODE" -> "visitor code is one that the segment names";
      default -> null;
    };
  }

  private @Nullable String text(String field) {
    Object value = fields.get(field);
    return value == null ? null : value.toString();
  }

  private @Nullable String after(String words, String field) {
    String value = text(field);
    return value == null ? null : words + value;
  }

  private @Nullable String is(String subject, String field) {
    return after(subject + " is ", field);
  }

  private @Nullable String compared(String subject, String field, String operator) {
    String type = text(operator);
    String value = text(field);
    if (type == null) {
      return null;
    }
    if (value == null) {
      return switch (type) {
        case "TRUE" -> subject + " is true";
        case "FALSE" -> subject + " is false";
        default -> null;
      };
    }
    return switch (type) {
      case "EXACT" -> subject + " is \"" + value + '"';
      case "CONTAINS" -> subject + " contains \"" + value + '"';
      case "REGULAR_EXPRESSION" -> subject + " matches \"" + value + '"';
      case "GREATER" -> subject + " > " + value;
      case "LOWER" -> subject + " < " + value;
      case "EQUAL" -> subject + " = " + value;
      case "TRUE" -> subject + " is true";
      case "FALSE" -> subject + " is false";
      case "AMONG_VALUES" -> subject + " is one of " + value;
      default -> null;
    };
  }

  private @Nullable String browser() {
    String browser = is("browser", "browser");
    if (browser == null || text("version") == null) {
      return browser;
    }
    String version = compared("version", "version", "versionMatchType");
    return version == null ? null : browser + " with " + version;
  }

  private @Nullable String cookie() {
    String name = text("name");
    if ("EXACT".equals(text("nameMatchType"))) {
      return compared("cookie \"" + name + '"', "value", "valueMatchType");
    }
    String named = compared("name", "name", "nameMatchType");
    return named == null ? null : compared("cookie whose " + named, "value", "valueMatchType");
  }

  private @Nullable String place() {
    String place =
        Stream.of(text("country"), text("region"), text("city"))
            .filter(Objects::nonNull)
            .collect(Collectors.joining(", "));
    return place.isEmpty() ? null : "place is " + place;
  }

  private @Nullable String customDatum() {
    String index = text("customDataIndex");
    return index == null ? null : compared("custom data " + index, "value", "valueMatchType");
  }
}
