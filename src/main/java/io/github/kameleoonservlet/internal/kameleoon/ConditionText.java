package io.github.kameleoonservlet.internal.kameleoon;

import com.kameleoon.targeting.condition.TargetingCondition;
import com.kameleoon.targeting.condition.TargetingConditionType;
import io.github.kameleoonservlet.internal.targeting.BrowserFacts;
import io.github.kameleoonservlet.internal.targeting.CustomDataKey;
import io.github.kameleoonservlet.internal.targeting.Geolocation;
import java.util.List;
import java.util.Locale;
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
 * @param kind the name of the condition's type in the data file
 * @param include false if the condition excludes
 * @param fields the other fields of the condition in the data file
 */
record ConditionText(TargetingConditionType type, String kind, boolean include, Map<?, ?> fields) {

  private static final String REMEMBERED = "something that Kameleoon remembers of the visitor";
  private static final String HIDDEN = "(hidden)";
  private static final List<String> SECRETS =
      List.of(
          "session",
          "sessid",
          "sid",
          "sso",
          "auth",
          "login",
          "logged",
          "passw",
          "token",
          "remember",
          "jwt",
          "apikey",
          "api_key",
          "api-key",
          "__host-",
          "__secure-");
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

  /**
   * Returns the condition in words, as in {@code page URL contains "/cart"}, or {@code not (…)} if
   * the condition excludes.
   */
  String words() {
    String known = ConditionWords.of(kind, fields);
    String words = known == null ? (kind + " " + wanted()).strip() : known;
    return include ? words : "not (" + words + ")";
  }

  /**
   * Returns the request's data for this condition; null if the request has no such data. Data that
   * the SDK or the platform keeps of the visitor are not shown, because a visitor code is no
   * credential: any client can send any code.
   */
  @Nullable String found(DecisionData data) {
    if (ConditionTypes.remembers(data, type)) {
      return REMEMBERED;
    }
    return switch (type) {
      case PAGE_URL -> data.facts().pageUrl();
      case PREVIOUS_PAGE -> data.facts().previousPage();
      case PAGE_TITLE -> data.facts().pageTitle();
      case DEVICE_TYPE -> text(data.facts().browser().device());
      case OPERATING_SYSTEM -> text(data.facts().browser().system());
      case BROWSER -> browser(data.facts().browser());
      case GEOLOCATION -> place(data.facts().geolocation());
      case CUSTOM_DATUM -> customDatum(data);
      default -> null;
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

  private static @Nullable String place(@Nullable Geolocation place) {
    return place == null
        ? null
        : Stream.of(place.country(), place.region(), place.city())
            .filter(Objects::nonNull)
            .collect(Collectors.joining(", "));
  }

  /**
   * Returns the cookie that the condition names, with its value. If the condition can match several
   * cookies, returns their names only. Returns null if no cookie matches.
   */
  @Nullable String cookies(Map<String, String> cookies, CookieNames names) {
    if (names.isExact()) {
      String name = names.name();
      String value = cookies.get(name);
      return value == null ? null : name + "=" + (isSecret(name) ? HIDDEN : value);
    }
    String found =
        names.isAffordable(cookies.keySet())
            ? names.in(cookies.keySet()).stream().sorted().collect(Collectors.joining("; "))
            : "";
    return found.isEmpty() ? null : found;
  }

  /**
   * Returns whether a cookie may belong to a session or a login. Scripts read explanations, but not
   * HttpOnly cookies.
   */
  private static boolean isSecret(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return SECRETS.stream().anyMatch(lower::contains);
  }

  /** Returns whether the condition names custom data by an index. */
  boolean hasCustomDataIndex() {
    return CustomDataKey.isIndex(String.valueOf(fields.get("customDataIndex")));
  }

  private @Nullable String customDatum(DecisionData data) {
    if (!hasCustomDataIndex()) {
      return null;
    }
    int index = Integer.parseInt(String.valueOf(fields.get("customDataIndex")));
    List<String> values = data.customDatumOfRequest(index);
    if (values != null) {
      return String.join(", ", values);
    }
    return data.customDatum(index) == null ? null : REMEMBERED;
  }
}
