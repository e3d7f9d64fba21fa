package io.github.kameleoonservlet.internal.kameleoon;

import io.github.kameleoonservlet.internal.targeting.CustomDataKey;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The indexes of custom data by their names in the data file, because SDK 4.5.0 keeps no names.
 * Empty until the data file has been read. Thread-safe.
 */
final class CustomDataNames {

  private volatile Map<String, Integer> indexes = Map.of();

  /**
   * Returns the index of custom data.
   *
   * @param nameOrIndex the name or the index in a setting; a text of digits is an index
   * @return null if the data file has no custom data of that name, or if no data file has been read
   *     yet
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

  /** Replaces all names by the names of a new data file. */
  void replace(Map<String, Integer> now) {
    indexes = Map.copyOf(now);
  }
}
