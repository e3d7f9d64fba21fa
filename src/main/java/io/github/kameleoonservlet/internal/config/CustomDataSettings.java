package io.github.kameleoonservlet.internal.config;

import io.github.kameleoonservlet.internal.source.AttributePath;
import io.github.kameleoonservlet.internal.source.CustomDataValues;
import io.github.kameleoonservlet.internal.source.RequestValue;
import io.github.kameleoonservlet.internal.targeting.CustomDataKey;
import jakarta.servlet.ServletException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The settings {@code customData.<index>} and {@code customData.<name>}: the custom data that
 * decisions take from their request. Immutable and thread-safe.
 */
final class CustomDataSettings {

  /** The beginning of the settings' names. */
  static final String PREFIX = "customData.";

  /** A number that is no valid index. */
  private static final Pattern OTHER_NUMBER = Pattern.compile("[+-]?[0-9][0-9.,]*");

  private CustomDataSettings() {}

  /**
   * Reads the settings.
   *
   * @throws ServletException if an index, a name or a value is malformed
   */
  static CustomDataValues read(Parameters parameters) throws ServletException {
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
                + " customData.<name> with the name of the custom data in the data file");
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
    return new CustomDataValues(sources);
  }
}
