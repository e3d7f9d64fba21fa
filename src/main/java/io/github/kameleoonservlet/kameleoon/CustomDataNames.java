package io.github.kameleoonservlet.kameleoon;

import io.github.kameleoonservlet.targeting.CustomDataKey;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the index of custom data by its name in the data file; SDK 4.5.0 itself knows indexes only.
 * Knows no name until the data file was read. Thread-safe.
 */
final class CustomDataNames {

  private volatile Map<String, Integer> indexes = Map.of();

  /**
   * Returns the index of custom data.
   *
   * @param nameOrIndex what a setting contains; a text of digits is an index
   * @return null if the data file has no custom data of that name, or is not known yet
   */
  @Nullable Integer index(String nameOrIndex) {
    return CustomDataKey.isIndex(nameOrIndex)
        ? Integer.valueOf(nameOrIndex)
        : indexes.get(nameOrIndex);
  }

  /** Returns the names in the data file. */
  Set<String> names() {
    return indexes.keySet();
  }

  /** Replaces the names by those of the data file that has arrived. */
  void replace(Map<String, Integer> now) {
    indexes = Map.copyOf(now);
  }
}
