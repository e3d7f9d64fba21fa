package io.github.kameleoonservlet.internal.config;

import io.github.kameleoonservlet.internal.http.IncomingRequest;
import io.github.kameleoonservlet.internal.targeting.CustomDataKey;
import jakarta.servlet.ServletException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The settings {@code customData.<index>} and {@code customData.<name>}: the custom data that
 * decisions take from their request. Immutable and thread-safe.
 */
public final class CustomDataSettings {

  /** The beginning of the settings' names. */
  static final String PREFIX = "customData.";

  /** A number that is no valid index. */
  private static final Pattern OTHER_NUMBER = Pattern.compile("[+-]?[0-9][0-9.,]*");

  private final Map<String, RequestValue> sources;

  private CustomDataSettings(Map<String, RequestValue> sources) {
    this.sources = sources;
  }

  /** Returns the settings of an application without custom data. */
  static CustomDataSettings none() {
    return new CustomDataSettings(Map.of());
  }

  /**
   * Reads the settings.
   *
   * @throws ServletException if an index, a name or a value is malformed
   */
  static CustomDataSettings read(Parameters parameters) throws ServletException {
    Map<String, RequestValue> sources = new LinkedHashMap<>();
    for (String setting : parameters.namesFrom(PREFIX)) {
      String datum = setting.substring(PREFIX.length());
      String text = parameters.text(setting);
      boolean index = CustomDataKey.isIndex(datum);
      if (!index
          && (datum.isBlank()
              || !datum.equals(datum.strip())
              || datum.chars().anyMatch(Character::isISOControl)
              || OTHER_NUMBER.matcher(datum).matches())) {
        throw parameters.wrong(
            setting,
            text == null ? "" : text,
            "customData.<index> with the index of the custom data, a whole number from 0, or"
                + " customData.<name> with its name in the data file");
      }
      if (text == null && !parameters.isMentioned(setting)) {
        throw parameters.wrong(
            setting, "", AttributePath.FORMS + ", header:<name>, cookie:<name>, or a literal");
      }
      RequestValue value = TargetingSection.CUSTOM_DATA.named(setting).find(parameters);
      if (value != null) {
        sources.put(datum, value);
      }
    }
    return new CustomDataSettings(sources);
  }

  /** Returns the index or name of each custom datum that has a setting. */
  Set<String> data() {
    return Set.copyOf(sources.keySet());
  }

  /** Returns the values of a request by index or name, without those that are missing. */
  public Map<String, List<String>> values(IncomingRequest request) {
    if (sources.isEmpty()) {
      return Map.of();
    }
    Map<String, List<String>> values = new LinkedHashMap<>();
    sources.forEach(
        (datum, source) -> {
          List<String> read = source.read(request);
          if (!read.isEmpty()) {
            values.put(datum, read);
          }
        });
    // In the order of the names, so that each server decides alike.
    return Collections.unmodifiableMap(values);
  }
}
